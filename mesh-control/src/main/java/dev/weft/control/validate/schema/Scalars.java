package dev.weft.control.validate.schema;

import dev.weft.control.istio.Durations;
import dev.weft.control.istio.ScalarKind;
import dev.weft.control.istio.YamlNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What scalars of each type look like, as protojson reads them. */
final class Scalars {
    private static final BigInteger MAX_UINT64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private Scalars() {}

    /** What is wrong with a text where such a value belongs, or null. */
    static @Nullable String wrong(FieldType type, YamlNode.Scalar scalar) {
        ScalarKind kind = ScalarKind.of(scalar);
        String text = scalar.text();
        boolean right = switch (type.base()) {
            case STRING -> kind == ScalarKind.TEXT;
            case BYTES -> kind == ScalarKind.TEXT && base64(text);
            case DURATION -> kind == ScalarKind.TEXT && Durations.parse(text) != null;
            case BOOL -> kind == ScalarKind.BOOL;
            case ENUM -> type.words().contains(text);
            case DOUBLE -> number(text) != null || text.equals("NaN") || text.endsWith("Infinity");
            case INT32 -> whole(text, Integer.MIN_VALUE, BigInteger.valueOf(Integer.MAX_VALUE));
            case UINT32 -> unsigned32(text);
            case INT64 -> whole(text, Long.MIN_VALUE, BigInteger.valueOf(Long.MAX_VALUE));
            case UINT64 -> whole(text, 0, MAX_UINT64);
            case STRUCT, MESSAGE -> true;
        };
        if (right) {
            return null;
        }
        boolean quotes = kind != ScalarKind.TEXT && (type.base() == FieldType.Base.STRING);
        return expectation(type) + " was expected" + (quotes ? "; write it in quotes" : "");
    }

    static String expectation(FieldType type) {
        return switch (type.base()) {
            case STRING -> "a text";
            case BYTES -> "base64";
            case DURATION -> "a duration such as 1.5s, 300ms or 1h";
            case BOOL -> "true or false";
            case ENUM -> "one of " + String.join(", ", type.words());
            case DOUBLE -> "a number";
            case INT32, INT64 -> "a whole number";
            case UINT32, UINT64 -> "a whole number from 0";
            case STRUCT, MESSAGE -> "a mapping";
        };
    }

    static boolean unsigned32(String text) {
        return whole(text, 0, BigInteger.valueOf(0xFFFF_FFFFL));
    }

    /** The number that a text stands for, or null. The length is bounded: an exponent may not cost memory. */
    static @Nullable BigDecimal number(String text) {
        if (text.isEmpty() || text.length() > 64) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(text.replace("_", ""));
            return Math.abs((long) value.scale()) > 400 ? null : value;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean whole(String text, long min, BigInteger max) {
        BigDecimal value = number(text);
        if (value == null || value.stripTrailingZeros().scale() > 0) {
            return false;
        }
        BigInteger whole = value.toBigInteger();
        return whole.compareTo(BigInteger.valueOf(min)) >= 0 && whole.compareTo(max) <= 0;
    }

    private static boolean base64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
