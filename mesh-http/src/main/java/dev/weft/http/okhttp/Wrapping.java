package dev.weft.http.okhttp;

import dev.weft.Mesh;
import dev.weft.http.call.Outbound;
import java.util.List;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** Puts the mesh's interceptor into a client, in the place of another mesh's if there is one. */
final class Wrapping {
    private Wrapping() {}

    /** A client with the pool, the dispatcher and everything else of the given one; the given one itself if it is wrapped already. */
    static OkHttpClient client(Mesh mesh, Object given) {
        OkHttpClient client = (OkHttpClient) given;
        return isOf(mesh, client.interceptors())
                ? client
                : put(mesh, client.newBuilder(), client.eventListenerFactory()).build();
    }

    /** The same builder. */
    static OkHttpClient.Builder builder(Mesh mesh, Object given) {
        OkHttpClient.Builder builder = (OkHttpClient.Builder) given;
        // The only way to ask a builder for its listeners.
        return isOf(mesh, builder.interceptors())
                ? builder
                : put(mesh, builder, builder.build().eventListenerFactory());
    }

    private static boolean isOf(Mesh mesh, List<Interceptor> interceptors) {
        return interceptors.stream().anyMatch(each -> each instanceof MeshInterceptor ours && ours.isOf(mesh));
    }

    private static OkHttpClient.Builder put(Mesh mesh, OkHttpClient.Builder builder, EventListener.Factory listeners) {
        CallersThreads threads =
                new CallersThreads(listeners instanceof CallersThreads before ? before.listeners() : listeners);
        builder.interceptors().removeIf(MeshInterceptor.class::isInstance);
        return builder.eventListenerFactory(threads)
                .addInterceptor(new MeshInterceptor(mesh, Outbound.of(mesh), threads));
    }
}
