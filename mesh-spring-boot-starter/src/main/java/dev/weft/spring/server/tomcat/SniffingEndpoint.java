package dev.weft.spring.server.tomcat;

import dev.weft.spring.server.PortGate;
import java.util.Objects;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/** Tomcat's endpoint, with channels that tell TLS from plaintext. */
final class SniffingEndpoint extends NioEndpoint {
    /** Set before the endpoint is bound. */
    private volatile @Nullable PortGate gate;

    void gate(PortGate asked) {
        gate = asked;
    }

    /** Tomcat would name a file, which there is not. */
    @Override
    protected void logCertificate(SSLHostConfigCertificate certificate) {
        getLog().info(
                        "port takes TLS with the mesh's identity of the moment, and plaintext, as the mesh's policy says");
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffers) {
        return new SniffingChannel(buffers, this, Objects.requireNonNull(gate, "gate"));
    }
}
