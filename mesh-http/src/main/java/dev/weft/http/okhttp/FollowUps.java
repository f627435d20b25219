package dev.weft.http.okhttp;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor.Chain;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A call with the requests that follow from its answers, by OkHttp's rules: redirects and authentication. OkHttp's repetitions (408,
 * 503 with {@code Retry-After: 0}, lost connections) are not among them, because retries are the mesh's policy. Belongs to one call.
 */
final class FollowUps {
    // OkHttp's own.
    private static final int LIMIT = 20;

    private final MeshInterceptor mesh;
    private final Chain chain;
    private final ClientSettings settings;
    private final Hop hop;

    FollowUps(MeshInterceptor mesh, Chain chain, ClientSettings settings) {
        this.mesh = mesh;
        this.chain = chain;
        this.settings = settings;
        hop = new Hop(mesh.outbound(), settings, chain);
    }

    Response run(Request first) throws IOException {
        try {
            return followed(first);
        } catch (IOException | RuntimeException | Error e) {
            // A network interceptor, an authenticator or a cookie jar may throw after the answer has come.
            hop.abandon();
            throw e;
        }
    }

    private Response followed(Request first) throws IOException {
        Request request = first;
        Response prior = null;
        for (int followed = 0; followed <= LIMIT; followed++) {
            if (chain.call().isCanceled()) {
                throw new IOException("Canceled");
            }
            Response response = mesh.takes(request) ? carried(request) : null;
            if (response == null) {
                // Outside; from here on the client follows by itself.
                return after(prior, chain.proceed(request));
            }
            response = after(
                    prior,
                    response.newBuilder()
                            .request(request)
                            .networkResponse(Bodiless.of(response))
                            .build());
            Request next = next(response);
            if (next == null || (next.body() != null && next.body().isOneShot())) {
                return response;
            }
            response.close();
            prior = response;
            request = next;
        }
        throw new ProtocolException("Too many follow-up requests: " + (LIMIT + 1));
    }

    /** Null: the host turned out to be none of the mesh's. */
    private @Nullable Response carried(Request request) throws IOException {
        try {
            return Bridge.across(
                    settings.cookies(),
                    request,
                    sent -> Links.run(chain, sent, settings.networkInterceptors(), hop::carry));
        } catch (NotOurs e) {
            return null;
        }
    }

    private static Response after(@Nullable Response prior, Response response) {
        return prior == null || response.priorResponse() != null
                ? response
                : response.newBuilder().priorResponse(Bodiless.of(prior)).build();
    }

    private @Nullable Request next(Response response) throws IOException {
        return switch (response.code()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED -> settings.authenticator().authenticate(null, response);
            case HttpURLConnection.HTTP_PROXY_AUTH ->
                throw new ProtocolException("Received HTTP_PROXY_AUTH (407) code while not using proxy");
            case 300, 301, 302, 303, 307, 308 -> redirect(response);
            default -> null;
        };
    }

    private @Nullable Request redirect(Response response) {
        Request from = response.request();
        String location = response.header("Location");
        HttpUrl to = location == null ? null : from.url().resolve(location);
        if (!settings.followRedirects() || to == null) {
            return null;
        }
        boolean sameScheme = to.scheme().equals(from.url().scheme());
        if (!sameScheme && !settings.followSslRedirects()) {
            return null;
        }
        Request.Builder next = from.newBuilder().url(to);
        boolean kept = response.code() == 307 || response.code() == 308;
        // GET and HEAD have no body to keep and stay what they are.
        if (!kept && !from.method().equals("GET") && !from.method().equals("HEAD")) {
            boolean keepsMethod = from.method().equals("PROPFIND")
                    || (from.method().equals("QUERY") && response.code() != HttpURLConnection.HTTP_SEE_OTHER);
            RequestBody body = keepsMethod ? from.body() : null;
            next.method(keepsMethod ? from.method() : "GET", body);
            if (body == null) {
                next.removeHeader("Transfer-Encoding");
                next.removeHeader("Content-Length");
                next.removeHeader("Content-Type");
            }
        }
        // What proves who the user is was meant for one server and not for wherever that one points.
        if (!sameScheme
                || !to.host().equals(from.url().host())
                || to.port() != from.url().port()) {
            next.removeHeader("Authorization");
        }
        return next.build();
    }
}
