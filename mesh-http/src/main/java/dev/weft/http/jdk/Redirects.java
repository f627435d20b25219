package dev.weft.http.jdk;

import dev.weft.http.call.Uris;
import dev.weft.request.ResponseHead;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/** The JDK client's redirect policy. */
final class Redirects {
    // The JDK's own limit, unless its property says otherwise.
    private static final int LIMIT = Integer.getInteger("jdk.httpclient.redirects.retrylimit", 5);

    private Redirects() {}

    /**
     * The request that follows, or null: the response is the caller's.
     *
     * @param followed how many have been followed before
     */
    static @Nullable HttpRequest follow(Redirect policy, HttpRequest request, ResponseHead response, int followed)
            throws IOException {
        int status = response.status();
        boolean redirects = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        if (!redirects || policy == Redirect.NEVER || followed >= LIMIT) {
            return null;
        }
        String location = response.headers().first("location");
        if (location == null) {
            throw new IOException("Invalid redirection: " + status + " without a location");
        }
        URI to;
        try {
            to = request.uri().resolve(URI.create(location));
        } catch (IllegalArgumentException e) {
            throw new IOException("Invalid redirection: location " + location, e);
        }
        String scheme = Uris.scheme(to);
        boolean down = Uris.scheme(request.uri()).equals("https") && scheme.equals("http");
        if ((down && policy == Redirect.NORMAL) || (!scheme.equals("http") && !scheme.equals("https"))) {
            return null;
        }
        return to(to, status, request);
    }

    private static HttpRequest to(URI to, int status, HttpRequest from) {
        boolean sameServer = Uris.scheme(to).equals(Uris.scheme(from.uri()))
                && Uris.authority(to).equalsIgnoreCase(Uris.authority(from.uri()));
        // What proves who the user is was meant for one server and not for wherever that one points.
        HttpRequest.Builder next = HttpRequest.newBuilder(
                        from, (name, value) -> sameServer || !name.equalsIgnoreCase("authorization"))
                .uri(to);
        boolean becomesGet = status == 303
                ? !from.method().equals("HEAD")
                : status <= 302 && from.method().equals("POST");
        if (becomesGet) {
            next.method("GET", BodyPublishers.noBody());
        }
        return next.build();
    }
}
