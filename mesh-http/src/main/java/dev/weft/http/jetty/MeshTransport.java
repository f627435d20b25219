package dev.weft.http.jetty;

import dev.weft.Mesh;
import dev.weft.http.call.FirstConfiguration;
import dev.weft.http.call.Outbound;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Map;
import org.eclipse.jetty.client.AbstractHttpClientTransport;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/** A transport whose destinations are on the mesh where the mesh knows them, and the user's own elsewhere. */
final class MeshTransport extends AbstractHttpClientTransport {
    private final Mesh mesh;
    private final Outbound outbound;
    private final FirstConfiguration first;
    private final HttpClientTransport outside;

    MeshTransport(Mesh mesh, HttpClientTransport outside) {
        this.mesh = mesh;
        this.outside = outside;
        outbound = Outbound.of(mesh);
        first = FirstConfiguration.of(mesh);
        // Where this one is the client's own, it has to start the other one; a client that was wrapped does it itself.
        addBean(outside);
    }

    boolean isOf(Mesh other) {
        return mesh == other;
    }

    HttpClientTransport outside() {
        return outside;
    }

    @Override
    public void setHttpClient(HttpClient given) {
        super.setHttpClient(given);
        outside.setHttpClient(given);
    }

    @Override
    public Origin newOrigin(Request request) {
        return outside.newOrigin(request);
    }

    @Override
    public Destination newDestination(Origin origin) {
        return new MeshDestination(outbound, first, getHttpClient(), origin, outside.newDestination(origin));
    }

    @Override
    public void connect(SocketAddress address, Map<String, Object> context) {
        outside.connect(address, context);
    }

    @Override
    public Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
        return outside.newConnection(endPoint, context);
    }

    @Override
    public ConnectionPool.Factory getConnectionPoolFactory() {
        return outside.getConnectionPoolFactory();
    }

    @Override
    public void setConnectionPoolFactory(ConnectionPool.Factory factory) {
        outside.setConnectionPoolFactory(factory);
    }

    @Override
    public InvocationType getInvocationType() {
        return outside.getInvocationType();
    }

    @Override
    public void setInvocationType(InvocationType type) {
        outside.setInvocationType(type);
    }
}
