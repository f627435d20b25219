package dev.weft.http.jetty;

import java.nio.channels.AsynchronousCloseException;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.transport.HttpChannel;
import org.eclipse.jetty.client.transport.HttpConnection;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.SendFailure;
import org.eclipse.jetty.http.HttpVersion;

/** Stands for all connections of the mesh to one destination: carries any number of calls at once. */
final class MeshConnection extends HttpConnection {
    private final MeshDestination destination;
    private final Set<HttpChannel> channels = ConcurrentHashMap.newKeySet();

    // Written by close(), read by anybody.
    private volatile boolean closed;

    MeshConnection(MeshDestination destination) {
        super(destination);
        this.destination = destination;
    }

    MeshDestination destination() {
        return destination;
    }

    @Override
    public SendFailure send(HttpExchange exchange) {
        normalizeRequest(exchange.getRequest());
        MeshChannel channel = new MeshChannel(this);
        channels.add(channel);
        return send(channel, exchange);
    }

    void over(HttpChannel channel) {
        channels.remove(channel);
        channel.destroy();
        destination.release(this);
    }

    @Override
    protected Iterator<HttpChannel> getHttpChannels() {
        return channels.iterator();
    }

    @Override
    protected HttpVersion getHttpVersion() {
        return HttpVersion.HTTP_1_1;
    }

    @Override
    protected boolean requiresHostHeader() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        destination.remove(this);
        for (HttpChannel channel : channels) {
            HttpExchange exchange = channel.getHttpExchange();
            if (exchange != null) {
                exchange.getRequest().abort(new AsynchronousCloseException());
            }
        }
        destroy();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
