package dev.weft.authz.jwt;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A claim as the value of a header field, written as Envoy writes it. */
final class ClaimText {
    private ClaimText() {}

    /**
     * The value, or null: there is none, or none that a field could hold. A line break in a claim would be another field.
     *
     * @param name dots lead into nested objects
     */
    static @Nullable String of(Map<String, Object> claims, String name) {
        Object value = claims;
        for (String part : name.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> map)) {
                return null;
            }
            value = map.get(part);
        }
        String text = text(value);
        return text == null || text.isEmpty() || text.chars().anyMatch(Character::isISOControl) ? null : text;
    }

    @SuppressWarnings("unchecked") // names in JSON are texts
    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof String || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Map<?, ?> map) {
            return base64(JSONObjectUtils.toJSONString((Map<String, ?>) map));
        }
        return value instanceof List<?> list ? base64(JSONArrayUtils.toJSONString(list)) : null;
    }

    /** Envoy: whole numbers from 0 on as they are, all others with six decimals. */
    private static String number(Number number) {
        double value = number.doubleValue();
        boolean whole = value >= 0 && value < 0x1p64 && value == Math.rint(value);
        if (!whole) {
            return String.format(Locale.ROOT, "%f", value);
        }
        return number instanceof Long exact ? exact.toString() : String.format(Locale.ROOT, "%.0f", value);
    }

    private static String base64(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
