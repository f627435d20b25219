package dev.weft.http.hc5;

import dev.weft.http.call.Outbound;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Stands where the client's connection stands in its chain, and calls over the mesh. Always acquired and connected, so that nobody leases
 * one.
 */
final class AsyncRuntime implements AsyncExecRuntime {
    private static final Cancellable NOTHING = () -> false;

    private final Outbound outbound;
    private final AsyncExecChain.Scope given;
    private final AsyncExecChain.Scope scope;

    // Written by whoever executes, one after the other; read by whoever hears the answer.
    private volatile boolean carried;
    private volatile Runnable outside = () -> {};

    /** @param given the scope of the client's own runtime */
    AsyncRuntime(Outbound outbound, AsyncExecChain.Scope given) {
        this.outbound = outbound;
        this.given = given;
        // Without the client's proxy: nothing in the chain is to speak to it.
        HttpHost target = given.route.getTargetHost();
        HttpRoute direct = new HttpRoute(target, null, "https".equalsIgnoreCase(target.getSchemeName()));
        scope = new AsyncExecChain.Scope(
                given.exchangeId,
                direct,
                given.originalRequest,
                given.cancellableDependency,
                given.clientContext,
                this,
                given.scheduler,
                given.execCount);
    }

    boolean isOf(Outbound other) {
        return outbound.transport() == other.transport();
    }

    Outbound outbound() {
        return outbound;
    }

    AsyncExecChain.Scope given() {
        return given;
    }

    AsyncExecChain.Scope scope() {
        return scope;
    }

    /** Whether the mesh has made a call, be it that it failed. */
    boolean carried() {
        return carried;
    }

    /** @param way how the client makes the call if the host turns out to be none of the mesh's */
    void outside(Runnable way) {
        outside = way;
    }

    void proceedOutside() {
        carried = false;
        outside.run();
    }

    @Override
    public Cancellable execute(String id, AsyncClientExchangeHandler handler, HttpClientContext context) {
        carried = true;
        AsyncExchange exchange = new AsyncExchange(this, handler, context);
        exchange.begin();
        return exchange;
    }

    @Override
    public boolean isEndpointAcquired() {
        return true;
    }

    @Override
    public boolean isEndpointConnected() {
        return true;
    }

    @Override
    public boolean validateConnection() {
        return true;
    }

    @Override
    public Cancellable acquireEndpoint(
            String id,
            HttpRoute route,
            @Nullable Object state,
            HttpClientContext context,
            FutureCallback<AsyncExecRuntime> callback) {
        callback.completed(this);
        return NOTHING;
    }

    @Override
    public Cancellable connectEndpoint(HttpClientContext context, FutureCallback<AsyncExecRuntime> callback) {
        callback.completed(this);
        return NOTHING;
    }

    @Override
    public void releaseEndpoint() {}

    @Override
    public void discardEndpoint() {}

    @Override
    public void disconnectEndpoint() {}

    @Override
    public void upgradeTls(HttpClientContext context) {}

    @Override
    public void markConnectionReusable(@Nullable Object state, TimeValue validity) {}

    @Override
    public void markConnectionNonReusable() {}

    @Override
    public AsyncExecRuntime fork() {
        AsyncExecChain.Scope forked = new AsyncExecChain.Scope(
                given.exchangeId,
                given.route,
                given.originalRequest,
                given.cancellableDependency,
                given.clientContext,
                given.execRuntime.fork(),
                given.scheduler,
                given.execCount);
        return new AsyncRuntime(outbound, forked);
    }
}
