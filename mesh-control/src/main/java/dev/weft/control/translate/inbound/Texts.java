package dev.weft.control.translate.inbound;

import com.google.re2j.Pattern;
import dev.weft.proto.envoy.config.route.v3.HeaderMatcher;
import dev.weft.proto.envoy.type.matcher.v3.RegexMatcher;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import java.util.function.Function;

/**
 * Istio's patterns as Envoy's matchers: {@code *} is anything but nothing, {@code x*} a prefix, {@code *x} a suffix, all else exact.
 */
final class Texts {
    /** Before an identity in a certificate; policies write it without. */
    static final String SPIFFE = "spiffe://";

    private Texts() {}

    static StringMatcher pattern(String value) {
        return value.equals("*") ? regex(".+") : affix(value, Function.identity());
    }

    /** The pattern of an identity, which is matched with its scheme. */
    static StringMatcher identity(String value) {
        if (value.equals("*")) {
            return regex(".+");
        }
        return value.startsWith("*")
                ? regex(SPIFFE + ".*" + quote(value.substring(1)))
                : affix(value, text -> SPIFFE + text);
    }

    private static StringMatcher affix(String value, Function<String, String> complete) {
        if (value.startsWith("*")) {
            return suffix(value.substring(1));
        }
        return value.endsWith("*")
                ? prefix(complete.apply(value.substring(0, value.length() - 1)))
                : exact(complete.apply(value));
    }

    static StringMatcher exact(String value) {
        return StringMatcher.newBuilder().setExact(value).build();
    }

    static StringMatcher prefix(String value) {
        return StringMatcher.newBuilder().setPrefix(value).build();
    }

    static StringMatcher suffix(String value) {
        return StringMatcher.newBuilder().setSuffix(value).build();
    }

    /** @param expression ours alone; what comes from a policy goes through {@link #quote} */
    static StringMatcher regex(String expression) {
        return StringMatcher.newBuilder()
                .setSafeRegex(RegexMatcher.newBuilder().setRegex(expression))
                .build();
    }

    static String quote(String text) {
        return Pattern.quote(text);
    }

    static HeaderMatcher header(String name, String value) {
        return header(name, value, false);
    }

    /** Host names do not care for case. */
    static HeaderMatcher host(String value) {
        return header(":authority", value, true);
    }

    private static HeaderMatcher header(String name, String value, boolean ignoreCase) {
        HeaderMatcher.Builder out = HeaderMatcher.newBuilder().setName(name);
        if (value.equals("*")) {
            return out.setPresentMatch(true).build();
        }
        return out.setStringMatch(pattern(value).toBuilder().setIgnoreCase(ignoreCase))
                .build();
    }
}
