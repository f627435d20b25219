package dev.weft.loadbalance;

import dev.weft.config.HashPolicy;
import dev.weft.request.RequestHead;
import dev.weft.runtime.Randomness;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a hashing policy goes by.
 *
 * @param value the hash
 * @param setCookie a {@code set-cookie} value that the response must carry, because the cookie was made up; or null
 */
public record RequestHash(long value, @Nullable String setCookie) {

    /** Of a key that the caller chose himself. */
    public static RequestHash of(String key) {
        return new RequestHash(XxHash64.of(key), null);
    }

    /**
     * Of what the policies name in the request; several are combined in order. Null when none of them is there.
     *
     * @param head as it is sent
     * @param source stands for the caller's address, which does not exist inside a process: one value per process
     */
    public static @Nullable RequestHash of(List<HashPolicy> policies, RequestHead head, long source, Randomness dice) {
        boolean found = false;
        long value = 0;
        String setCookie = null;
        for (HashPolicy policy : policies) {
            String text;
            if (policy instanceof HashPolicy.OfHeader header) {
                text = header(head, header.name());
            } else if (policy instanceof HashPolicy.OfQuery query) {
                text = query(head.path(), query.name());
            } else if (policy instanceof HashPolicy.OfCookie cookie) {
                text = cookie(head, cookie.name());
                if (text == null && cookie.ttl() != null) {
                    // A proxy would hash the two ends of the caller's connection; there is none here, so dice decide.
                    text = Long.toHexString(dice.nextLong());
                    setCookie = setCookie(cookie, text, cookie.ttl());
                }
            } else {
                text = Long.toHexString(source);
            }
            if (text != null) {
                long next = XxHash64.of(text);
                value = found ? Long.rotateLeft(value, 1) ^ next : next;
                found = true;
                if (policy.terminal()) {
                    break;
                }
            }
        }
        return found ? new RequestHash(value, setCookie) : null;
    }

    private static @Nullable String header(RequestHead head, String name) {
        if (name.startsWith(":")) {
            return switch (name) {
                case ":authority" -> head.authority();
                case ":method" -> head.method();
                case ":path" -> head.path();
                case ":scheme" -> head.scheme();
                default -> null;
            };
        }
        List<String> values = head.headers().all(name);
        // Sorted, so that the order in which a client repeats a field does not matter.
        return values.isEmpty()
                ? null
                : values.size() == 1
                        ? values.get(0)
                        : String.join("", values.stream().sorted().toList());
    }

    private static @Nullable String query(String path, String name) {
        int at = path.indexOf('?') + 1;
        while (at > 0 && at <= path.length()) {
            int end = path.indexOf('&', at);
            end = end < 0 ? path.length() : end;
            int equals = path.indexOf('=', at);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (nameEnd - at == name.length() && path.startsWith(name, at)) {
                return path.substring(Math.min(nameEnd + 1, end), end);
            }
            at = end + 1;
        }
        return null;
    }

    private static @Nullable String cookie(RequestHead head, String name) {
        for (String field : head.headers().all("cookie")) {
            for (String pair : field.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).trim().equals(name)) {
                    String value = pair.substring(equals + 1).trim();
                    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                    return quoted ? value.substring(1, value.length() - 1) : value;
                }
            }
        }
        return null;
    }

    private static String setCookie(HashPolicy.OfCookie cookie, String value, Duration ttl) {
        return cookie.name() + "=\"" + value + "\""
                + (ttl.isZero() ? "" : "; Max-Age=" + ttl.toSeconds())
                + (cookie.path().isEmpty() ? "" : "; Path=" + cookie.path())
                + "; HttpOnly";
    }
}
