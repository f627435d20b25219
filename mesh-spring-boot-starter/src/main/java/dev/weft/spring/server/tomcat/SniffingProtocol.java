package dev.weft.spring.server.tomcat;

import dev.weft.spring.server.PortGate;
import org.apache.coyote.Processor;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1, and HTTP/2 where the application has it switched on, over TLS of the mesh and without TLS, on one port. Tomcat makes it by
 * its name.
 */
public final class SniffingProtocol extends Http11NioProtocol {
    private final SniffingEndpoint sniffing;

    /** For Tomcat. */
    public SniffingProtocol() {
        this(new SniffingEndpoint());
    }

    private SniffingProtocol(SniffingEndpoint endpoint) {
        super(endpoint);
        sniffing = endpoint;
    }

    /** Before it is started. */
    void take(PortGate gate, javax.net.ssl.SSLContext mesh) {
        sniffing.gate(gate);
        SSLHostConfig host = new SSLHostConfig();
        host.setCertificateVerification("required");
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setSslContext(new MeshContext(mesh));
        host.addCertificate(certificate);
        setSSLEnabled(true);
        addSslHostConfig(host);
        // Tomcat would else ask for the body before anybody has looked at the head.
        setContinueResponseTiming("onRead");
    }

    @Override
    protected Processor createProcessor() {
        return new GuardedProcessor(this, new Entrance(getAdapter()));
    }

    /** Tomcat would have the scheme of HTTP/2 say that there is TLS, which plaintext cannot; {@link ConnectedValve} says which it is. */
    @Override
    public void addUpgradeProtocol(UpgradeProtocol protocol) {
        if (protocol instanceof Http2Protocol http2) {
            http2.setAllowSchemeMismatch(true);
        }
        super.addUpgradeProtocol(protocol);
    }

    /** Tomcat knows HTTP/2 without TLS only where there is no TLS at all. */
    @Override
    public @Nullable UpgradeProtocol getUpgradeProtocol(String name) {
        UpgradeProtocol known = super.getUpgradeProtocol(name);
        return known == null && name.equals("h2c") ? getNegotiatedProtocol("h2") : known;
    }
}
