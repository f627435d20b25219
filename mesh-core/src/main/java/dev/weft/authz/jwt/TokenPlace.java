package dev.weft.authz.jwt;

import dev.weft.config.JwtProvider.Location;
import dev.weft.request.RequestHead;
import java.util.List;
import java.util.Set;

/**
 * A place where tokens of some issuers are looked for.
 *
 * @param issuers whose tokens; an empty name among them = anybody's
 */
record TokenPlace(Location location, Set<String> issuers) {
    private static final String BASE64URL_OR_DOT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

    boolean admits(String issuer) {
        return issuers.contains("") || issuers.contains(issuer);
    }

    /** Adds what is there. Every value counts: which of several the application would read, nobody knows. */
    void find(RequestHead head, List<FoundToken> into) {
        if (location instanceof Location.Header header) {
            for (String value : head.headers().all(header.name())) {
                int at = value.indexOf(header.prefix());
                if (at >= 0) {
                    into.add(new FoundToken(after(value, at + header.prefix().length(), header.prefix()), this));
                }
            }
        } else if (location instanceof Location.Parameter) {
            QueryText.values(head.path(), location.name(), value -> into.add(new FoundToken(value, this)));
        } else {
            CookieText.values(head.headers(), location.name(), value -> into.add(new FoundToken(value, this)));
        }
    }

    /** Envoy's way to say where a token begins: at the first character that one could have. */
    private static String after(String value, int from, String prefix) {
        if (prefix.isEmpty()) {
            return value;
        }
        int at = from;
        while (at < value.length() && BASE64URL_OR_DOT.indexOf(value.charAt(at)) < 0) {
            at++;
        }
        return at == value.length() ? value : value.substring(at);
    }

    /** The head without what is there. */
    RequestHead without(RequestHead head) {
        if (location instanceof Location.Header header) {
            return head.withHeaders(
                    head.headers().toBuilder().remove(header.name()).build());
        }
        if (location instanceof Location.Parameter) {
            return head.withPath(QueryText.without(head.path(), location.name()));
        }
        return head.withHeaders(CookieText.without(head.headers(), location.name()));
    }
}
