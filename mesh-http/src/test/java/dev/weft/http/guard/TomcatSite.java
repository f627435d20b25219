package dev.weft.http.guard;

import dev.weft.Mesh;
import dev.weft.config.Encryption;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Tomcat 11 with a connector of each kind. */
public final class TomcatSite implements Site {
    private final Tomcat tomcat = new Tomcat();
    private final Path base = Files.createTempDirectory("tomcat");
    private final Connector plaintext = connector();
    private final Connector tls = connector();

    public TomcatSite(Mesh mesh, Handlers handlers) throws Exception {
        java.util.logging.Logger.getLogger("org.apache").setLevel(java.util.logging.Level.SEVERE);
        tomcat.setBaseDir(base.toString());
        Context context = tomcat.addContext("", new File(base.toString()).getAbsolutePath());
        context.addServletContainerInitializer(new WebApp(mesh, handlers), null);
        SSLHostConfig host = new SSLHostConfig();
        host.setCertificateVerification("required");
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setSslContext(new MeshContext(mesh.identity().sslContext()));
        host.addCertificate(certificate);
        tls.setProperty("SSLEnabled", "true");
        tls.setScheme("https");
        tls.setSecure(true);
        tls.addSslHostConfig(host);
        tomcat.getService().addConnector(plaintext);
        tomcat.getService().addConnector(tls);
        tomcat.setConnector(plaintext);
        tomcat.start();
        mesh.listening("http", "http", 0, plaintext(), Encryption.PLAINTEXT);
        mesh.listening("http", "http", 0, tls(), Encryption.MUTUAL_TLS);
    }

    private static Connector connector() {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        // By default Tomcat asks for the body before anybody has looked at the head.
        connector.setProperty("continueResponseTiming", "onRead");
        return connector;
    }

    @Override
    public InetSocketAddress plaintext() {
        return new InetSocketAddress("127.0.0.1", plaintext.getLocalPort());
    }

    @Override
    public InetSocketAddress tls() {
        return new InetSocketAddress("127.0.0.1", tls.getLocalPort());
    }

    @Override
    public void close() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        try (var files = Files.walk(base)) {
            files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    /** Tomcat takes contexts in a type of its own. */
    private record MeshContext(javax.net.ssl.SSLContext context) implements SSLContext {
        @Override
        public void init(KeyManager[] keys, TrustManager[] trust, java.security.SecureRandom random) {}

        @Override
        public void destroy() {}

        @Override
        public SSLSessionContext getServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        public SSLEngine createSSLEngine() {
            return context.createSSLEngine();
        }

        @Override
        public SSLServerSocketFactory getServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        public SSLParameters getSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
