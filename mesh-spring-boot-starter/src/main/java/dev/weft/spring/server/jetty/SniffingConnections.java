package dev.weft.spring.server.jetty;

import dev.weft.spring.server.PortGate;
import dev.weft.tls.Opening;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Jetty's own telling of TLS from plaintext, which asks before it goes on with either, and closes who takes too long to begin. Safe for use
 * from any thread.
 */
final class SniffingConnections extends DetectorConnectionFactory {
    private final PortGate gate;

    /** By the connection itself, below its TLS. */
    private final Map<EndPoint, Opening> openings;

    SniffingConnections(PortGate gate, SslContextFactory.Server tls, String next) {
        this(gate, tls, next, new ConcurrentHashMap<>());
    }

    private SniffingConnections(
            PortGate gate, SslContextFactory.Server tls, String next, Map<EndPoint, Opening> openings) {
        super(new Tls(gate, tls, next, openings));
        this.gate = gate;
        this.openings = openings;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        openings.put(endPoint, gate.opening(() -> connector.getExecutor().execute(() -> close(endPoint))));
        return super.newConnection(connector, endPoint);
    }

    private void close(EndPoint endPoint) {
        openings.remove(endPoint);
        endPoint.close();
    }

    /** A request has come in. */
    void begun(EndPoint endPoint) {
        end(openings, endPoint);
    }

    /** To be told when a connection is closed. */
    Connection.Listener ends() {
        return new Connection.Listener() {
            @Override
            public void onClosed(Connection connection) {
                // One that only makes way for the next protocol leaves it open.
                if (!connection.getEndPoint().isOpen()) {
                    end(openings, connection.getEndPoint());
                }
            }
        };
    }

    private static void end(Map<EndPoint, Opening> openings, EndPoint given) {
        EndPoint endPoint = given;
        while (endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        Opening opening = openings.remove(endPoint);
        if (opening != null) {
            opening.end();
        }
    }

    @Override
    protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer buffer) {
        if (refuses(gate, endPoint, false)) {
            endPoint.upgrade(new Refused(connector, endPoint));
        } else {
            super.nextProtocol(connector, endPoint, buffer);
        }
    }

    private static boolean refuses(PortGate gate, EndPoint endPoint, boolean encrypted) {
        return gate.refuses(
                endPoint.getLocalSocketAddress() instanceof InetSocketAddress local ? local.getPort() : 0, encrypted);
    }

    private static final class Tls extends SslConnectionFactory {
        private final PortGate gate;
        private final Map<EndPoint, Opening> openings;

        Tls(PortGate gate, SslContextFactory.Server tls, String next, Map<EndPoint, Opening> openings) {
            super(tls, next);
            this.gate = gate;
            this.openings = openings;
            // There is one already, which does not compare host names with a certificate that has none.
            setEnsureSecureRequestCustomizer(false);
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return refuses(gate, endPoint, true)
                    ? new Refused(connector, endPoint)
                    : super.newConnection(connector, endPoint);
        }

        @Override
        protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
            SslConnection connection = super.newSslConnection(connector, endPoint, engine);
            connection.addHandshakeListener(new SslHandshakeListener() {
                @Override
                public void handshakeSucceeded(Event event) {
                    end(openings, endPoint);
                }
            });
            return connection;
        }
    }

    /** Closed as soon as it is open. */
    private static final class Refused extends AbstractConnection implements Connection.UpgradeTo {
        Refused(Connector connector, EndPoint endPoint) {
            super(endPoint, connector.getExecutor());
        }

        @Override
        public void onUpgradeTo(ByteBuffer buffer) {
            buffer.position(buffer.limit());
        }

        @Override
        public void onOpen() {
            super.onOpen();
            getEndPoint().close();
        }

        @Override
        public void onFillable() {
            getEndPoint().close();
        }
    }
}
