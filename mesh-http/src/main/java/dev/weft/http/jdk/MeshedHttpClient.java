package dev.weft.http.jdk;

import dev.weft.Mesh;
import dev.weft.http.call.Outbound;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** A user's client with the mesh before it. */
final class MeshedHttpClient extends HttpClient {
    private final Mesh mesh;
    private final Outbound outbound;
    private final HttpClient outside;
    private final Executor executor;

    /** @param outside the user's own client, which takes every call that is none of the mesh's */
    MeshedHttpClient(Mesh mesh, Outbound outbound, HttpClient outside) {
        this.mesh = mesh;
        this.outbound = outbound;
        this.outside = outside;
        executor = outside.executor().orElse(outbound.transport().blocking());
    }

    boolean isOf(Mesh other) {
        return mesh == other;
    }

    HttpClient outside() {
        return outside;
    }

    Outbound outbound() {
        return outbound;
    }

    /** Without any configuration nobody can tell: the engine waits for one, and hands the call back if it is none of ours. */
    boolean isOurs(HttpRequest request) {
        return outbound.takes(request.uri());
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        if (!isOurs(request)) {
            return outside.send(request, handler);
        }
        CallerRuns callersThread = new CallerRuns(executor);
        PendingSend<T> send = new PendingSend<>(this, handler, callersThread);
        send.begin(request);
        return callersThread.await(send);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        if (!isOurs(request)) {
            return pushes == null ? outside.sendAsync(request, handler) : outside.sendAsync(request, handler, pushes);
        }
        PendingSend<T> send = new PendingSend<>(this, handler, executor);
        send.begin(request);
        return send.future();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return outside.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return outside.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return outside.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return outside.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return outside.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return outside.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return outside.authenticator();
    }

    @Override
    public Version version() {
        return outside.version();
    }

    @Override
    public Optional<Executor> executor() {
        return outside.executor();
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return outside.newWebSocketBuilder();
    }

    // HttpClient has these since JDK 21; this is compiled for 17 and overrides them where they exist.

    /** Ends the user's own client; the mesh's connections end with the mesh. */
    public void shutdown() {
        Lifecycle.run(Lifecycle.SHUTDOWN, outside);
    }

    public void shutdownNow() {
        Lifecycle.run(Lifecycle.SHUTDOWN_NOW, outside);
    }

    public boolean isTerminated() {
        return Lifecycle.isTerminated(outside);
    }

    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return Lifecycle.awaitTermination(outside, duration);
    }

    public void close() {
        Lifecycle.run(Lifecycle.CLOSE, outside);
    }
}
