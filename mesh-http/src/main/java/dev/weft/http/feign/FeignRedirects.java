package dev.weft.http.feign;

import dev.weft.http.call.Uris;
import dev.weft.request.ResponseHead;
import feign.Request;
import feign.Request.HttpMethod;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Feign leaves redirects to its client; this follows them where the options say so, as the clients that it is used with do. */
final class FeignRedirects {
    // Of java.net.HttpURLConnection, on which Feign's own client stands.
    private static final int LIMIT = 20;

    private FeignRedirects() {}

    /** The request that follows, or null: the response is the caller's. */
    static @Nullable Request follow(Request.Options options, Request request, ResponseHead response, int followed) {
        String location = response.headers().first("location");
        boolean redirects = switch (response.status()) {
            case 300, 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
        URI from = FeignRequests.uri(request);
        if (!redirects || !options.isFollowRedirects() || followed >= LIMIT || location == null || from == null) {
            return null;
        }
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            return null;
        }
        // Not from one protocol to another, as HttpURLConnection does not.
        return Uris.scheme(to).equals(Uris.scheme(from)) ? to(to, from, request, response.status()) : null;
    }

    private static Request to(URI to, URI from, Request request, int status) {
        boolean becomesGet = status == 303
                ? request.httpMethod() != HttpMethod.HEAD
                : status <= 302 && request.httpMethod() == HttpMethod.POST;
        boolean sameServer = Uris.authority(to).equalsIgnoreCase(Uris.authority(from));
        Map<String, Collection<String>> headers = new LinkedHashMap<>();
        request.headers().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            // What proves who the user is was meant for one server and not for wherever that one points.
            boolean secret = !sameServer && (lower.equals("authorization") || lower.equals("cookie"));
            boolean ofTheBody = becomesGet && lower.startsWith("content-");
            if (!secret && !ofTheBody && !lower.equals("host")) {
                headers.put(name, values);
            }
        });
        return Request.create(
                becomesGet ? HttpMethod.GET : request.httpMethod(),
                to.toString(),
                headers,
                becomesGet ? null : request.body(),
                request.charset(),
                request.requestTemplate());
    }
}
