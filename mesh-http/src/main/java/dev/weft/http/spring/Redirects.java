package dev.weft.http.spring;

import dev.weft.http.call.Uris;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Where an answer points, for users whose own client would go there: below Spring's interceptors nobody else does.
 *
 * @param uri absolute
 * @param method of the next request
 * @param keepsBody whether it has the body of the one before
 * @param sameServer whether it may know what the one before proved
 */
record Redirects(URI uri, HttpMethod method, boolean keepsBody, boolean sameServer) {
    /** As in HttpURLConnection. */
    static final int MOST = 20;

    // They prove who the user is to one server and not to wherever that one points.
    private static final List<String> PROOFS = List.of("authorization", "cookie", "host");

    /** The request that follows, or null: the answer is the caller's. */
    static @Nullable Redirects of(HttpMethod method, URI from, int status, @Nullable String location) {
        boolean redirects = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        if (!redirects || location == null) {
            return null;
        }
        URI to;
        try {
            to = from.resolve(URI.create(location));
        } catch (IllegalArgumentException e) {
            // Not to be followed; what the server said is still the answer.
            return null;
        }
        String scheme = Uris.scheme(to);
        boolean down = Uris.scheme(from).equals("https") && scheme.equals("http");
        if (down
                || !(scheme.equals("http") || scheme.equals("https"))
                || Uris.authority(to).isEmpty()) {
            return null;
        }
        boolean becomesGet = status == 303 ? method != HttpMethod.HEAD : status <= 302 && method == HttpMethod.POST;
        boolean sameServer =
                scheme.equals(Uris.scheme(from)) && Uris.authority(to).equalsIgnoreCase(Uris.authority(from));
        return new Redirects(to, becomesGet ? HttpMethod.GET : method, !becomesGet, sameServer);
    }

    /** Copies the fields that the next request may have. */
    void copy(HttpHeaders from, HttpHeaders to) {
        from.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean ofBody = lower.startsWith("content-") || lower.equals("expect");
            if ((sameServer || !PROOFS.contains(lower)) && (keepsBody || !ofBody)) {
                to.addAll(name, values);
            }
        });
    }
}
