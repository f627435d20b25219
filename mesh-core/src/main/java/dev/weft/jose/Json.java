package dev.weft.jose;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;

/** JSON objects of strangers: bounded in depth, and in UTF-8 or nothing. */
final class Json {
    /** Protobuf's own bound, which holds in Envoy. */
    private static final int MAX_DEPTH = 100;

    private Json() {}

    static Map<String, Object> object(byte[] utf8) throws ParseException {
        try {
            return object(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new ParseException("not UTF-8", 0);
        }
    }

    static Map<String, Object> object(String text) throws ParseException {
        if (deeperThan(MAX_DEPTH, text)) {
            throw new ParseException("nested deeper than " + MAX_DEPTH, 0);
        }
        // The parser takes null for an object, and a list of pairs too.
        if (!text.stripLeading().startsWith("{")) {
            throw new ParseException("a JSON object was expected", 0);
        }
        return JSONObjectUtils.parse(text);
    }

    /** Looks at brackets outside of strings only: what is no JSON is the parser's to refuse, this spares it the depth. */
    private static boolean deeperThan(int max, String text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else {
                    quoted = c != '"';
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                if (++depth > max) {
                    return true;
                }
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return false;
    }
}
