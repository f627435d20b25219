package dev.weft.control.validate.schema;

import dev.weft.control.istio.Problems;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Bounds that only Kubernetes' schema knows; Istio's validation has the stricter ones of its own. */
final class Ranges {
    private Ranges() {}

    static void value(FieldSpec field, String text, String at, int line, Problems problems) {
        if (field.min() == null && field.max() == null) {
            return;
        }
        boolean texts = field.type().base() == FieldType.Base.STRING;
        BigDecimal number = texts ? BigDecimal.valueOf(text.length()) : Scalars.number(text);
        if (number != null) {
            compare(field, number, texts ? "length" : "value", text, at, line, problems);
        }
    }

    /** Bounds of a list of messages are bounds of its size. */
    static void size(FieldSpec field, int size, String at, int line, Problems problems) {
        if (field.type().message() != null) {
            compare(field, new BigDecimal(BigInteger.valueOf(size)), "number of elements", null, at, line, problems);
        }
    }

    private static void compare(
            FieldSpec field,
            BigDecimal number,
            String what,
            @org.jspecify.annotations.Nullable String value,
            String at,
            int line,
            Problems problems) {
        Double min = field.min();
        Double max = field.max();
        if (min != null && number.compareTo(BigDecimal.valueOf(min)) < 0) {
            problems.warning(at, line, value, "Kubernetes refuses a " + what + " under " + min.longValue());
        } else if (max != null && number.compareTo(BigDecimal.valueOf(max)) > 0) {
            problems.warning(at, line, value, "Kubernetes refuses a " + what + " over " + max.longValue());
        }
    }
}
