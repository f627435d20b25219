package dev.weft.credential;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a small JSON object; what is missing or of another type is an {@link IllegalArgumentException} without the value. */
record Json(Map<String, @Nullable Object> fields) {

    static Json parse(String text) {
        // The parser takes null for an object, and a list of pairs too.
        if (!text.startsWith("{")) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        try {
            return new Json(JSONObjectUtils.parse(text));
        } catch (ParseException e) {
            throw new IllegalArgumentException("it is no JSON object");
        }
    }

    /** From base64url without padding. */
    static Json decode(String base64) {
        return parse(new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8));
    }

    /** As base64url without padding. */
    static String encode(Map<String, String> fields) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JSONObjectUtils.toJSONString(fields).getBytes(StandardCharsets.UTF_8));
    }

    String text(String name) {
        if (fields.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException("it has no text `" + name + "`");
    }

    long number(String name) {
        if (fields.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("it has no number `" + name + "`");
    }
}
