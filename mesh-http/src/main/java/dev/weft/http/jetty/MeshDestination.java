package dev.weft.http.jetty;

import dev.weft.http.call.FirstConfiguration;
import dev.weft.http.call.Outbound;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.MultiplexConnectionPool;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.util.Promise;

/** Where requests of one origin go: over the mesh while the mesh knows the host, else where they would have gone. */
final class MeshDestination extends HttpDestination {
    // The mesh's own limits hold, and not the client's on connections that do not exist.
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final Outbound outbound;
    private final FirstConfiguration first;
    private final Destination outside;
    private final String authority;

    MeshDestination(
            Outbound outbound, FirstConfiguration first, HttpClient client, Origin origin, Destination outside) {
        super(client, origin);
        this.outbound = outbound;
        this.first = first;
        this.outside = outside;
        int port = origin.getAddress().getPort();
        boolean standard = port == (origin.getScheme().equalsIgnoreCase("https") ? 443 : 80);
        authority = standard
                ? origin.getAddress().getHost()
                : origin.asString().substring(origin.getScheme().length() + 3);
        addBean(outside);
    }

    Outbound outbound() {
        return outbound;
    }

    /** Host, and the port where it is not the scheme's own. */
    String authority() {
        return authority;
    }

    @Override
    protected ConnectionPool newConnectionPool(HttpClient client) {
        return new MultiplexConnectionPool(this, 1, UNLIMITED);
    }

    @Override
    protected void createConnection(Promise<Connection> promise) {
        promise.succeeded(new MeshConnection(this));
    }

    /** Asked anew for each request: hosts come and go. */
    @Override
    public void send(Request request, Response.CompleteListener listener) {
        if (request instanceof HttpRequest known) {
            // Here, on the thread that sends: the call begins on whichever brings the connection.
            Caller.of(known.getConversation());
        }
        if (first.isAwaited(authority, getScheme())) {
            first.await(() -> getHttpClient().getExecutor().execute(() -> choose(request, listener)));
        } else {
            choose(request, listener);
        }
    }

    private void choose(Request request, Response.CompleteListener listener) {
        if (outbound.takes(authority, getScheme())) {
            super.send(request, listener);
        } else {
            outside.send(request, listener);
        }
    }
}
