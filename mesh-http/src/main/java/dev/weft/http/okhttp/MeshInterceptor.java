package dev.weft.http.okhttp;

import dev.weft.Mesh;
import dev.weft.http.call.Outbound;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Carries calls to hosts of the mesh and lets all others pass. Safe for use from any thread. */
final class MeshInterceptor implements Interceptor {
    private final Mesh mesh;
    private final Outbound outbound;
    private final CallersThreads threads;

    MeshInterceptor(Mesh mesh, Outbound outbound, CallersThreads threads) {
        this.mesh = mesh;
        this.outbound = outbound;
        this.threads = threads;
    }

    boolean isOf(Mesh other) {
        return mesh == other;
    }

    Outbound outbound() {
        return outbound;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (!takes(request)) {
            return chain.proceed(request);
        }
        RequestBody body = request.body();
        if (body != null && body.isDuplex()) {
            throw new ProtocolException(
                    "duplex request body to " + request.url().host()
                            + ": a call of the mesh sends its body before its answer is read; use a client that is not wrapped");
        }
        ClientSettings settings = ClientSettings.of(chain);
        return threads.asThere(
                chain.call(),
                () -> Links.run(
                        chain,
                        request,
                        behind(settings),
                        (outer, last) -> new FollowUps(this, outer, settings).run(last)));
    }

    /** Whether a request is the mesh's business. WebSockets are not. */
    boolean takes(Request request) {
        HttpUrl url = request.url();
        return request.header("Upgrade") == null && outbound.takes(authority(url), url.scheme());
    }

    static String authority(HttpUrl url) {
        String host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }

    /** Application interceptors that were added after this one. */
    private List<Interceptor> behind(ClientSettings settings) {
        List<Interceptor> all = settings.interceptors();
        return all.subList(all.indexOf(this) + 1, all.size());
    }
}
