package dev.weft.http.guard;

import dev.weft.Mesh;
import dev.weft.config.Encryption;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty 12.1 with a connector of each kind. */
public final class JettySite implements Site {
    private final Server server = new Server();
    private final ServerConnector plaintext = new ServerConnector(server);
    private final ServerConnector tls;

    public JettySite(Mesh mesh, Handlers handlers) throws Exception {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(mesh.identity().sslContext());
        ssl.setNeedClientAuth(true);
        HttpConfiguration secure = new HttpConfiguration();
        secure.addCustomizer(new SecureRequestCustomizer(false));
        tls = new ServerConnector(server, ssl, new HttpConnectionFactory(secure));
        plaintext.setHost("127.0.0.1");
        tls.setHost("127.0.0.1");
        server.addConnector(plaintext);
        server.addConnector(tls);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        context.addServletContainerInitializer(new WebApp(mesh, handlers));
        server.setHandler(context);
        server.start();
        mesh.listening("http", "http", 0, plaintext(), Encryption.PLAINTEXT);
        mesh.listening("http", "http", 0, tls(), Encryption.MUTUAL_TLS);
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
        server.stop();
    }
}
