package dev.weft.spring.server.jetty;

import dev.weft.spring.server.PortGate;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty's own telling of TLS from plaintext, which asks before it goes on with either. */
final class SniffingConnections extends DetectorConnectionFactory {
    private final PortGate gate;

    SniffingConnections(PortGate gate, SslContextFactory.Server tls, String next) {
        super(new Tls(gate, tls, next));
        this.gate = gate;
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

        Tls(PortGate gate, SslContextFactory.Server tls, String next) {
            super(tls, next);
            this.gate = gate;
            // There is one already, which does not compare host names with a certificate that has none.
            setEnsureSecureRequestCustomizer(false);
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return refuses(gate, endPoint, true)
                    ? new Refused(connector, endPoint)
                    : super.newConnection(connector, endPoint);
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
