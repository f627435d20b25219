package dev.weft.spring.server.jetty;

import dev.weft.http.servlet.Connected;
import dev.weft.spring.server.GuardFilter;
import dev.weft.spring.server.MeshTls;
import jakarta.servlet.DispatcherType;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.springframework.boot.jetty.JettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.core.Ordered;

/** Gives the connector of Boot's Jetty the mesh's TLS beside plaintext. After the application's own customizers, whose TLS it leaves alone. */
public final class JettyGuard implements WebServerFactoryCustomizer<JettyWebServerFactory>, Ordered {
    private final MeshTls tls;

    public JettyGuard(MeshTls tls) {
        this.tls = tls;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(JettyWebServerFactory factory) {
        boolean takes = tls.takes(factory);
        factory.addServerCustomizers(server -> prepare(server, takes));
        if (factory instanceof ConfigurableReactiveWebServerFactory && !tls.excludes(factory)) {
            // WebFlux on servlets, where Boot registers no filters.
            factory.addServerCustomizers(this::guard);
        }
    }

    private void guard(Server server) {
        for (ServletContextHandler context : server.getDescendants(ServletContextHandler.class)) {
            FilterHolder filter = new FilterHolder(GuardFilter.of(tls));
            filter.setAsyncSupported(true);
            context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        }
    }

    private void prepare(Server server, boolean takes) {
        for (Connector connector : server.getConnectors()) {
            HttpConnectionFactory http = connector.getConnectionFactory(HttpConnectionFactory.class);
            if (http != null) {
                // Before those who believe forwarded fields, which Boot adds later.
                http.getHttpConfiguration().addCustomizer(JettyGuard::connected);
                if (takes && connector instanceof ServerConnector port && !isLeft(port)) {
                    sniff(port, http);
                }
            }
        }
    }

    /** A connector of the application's own that is to be left as it is, or that has TLS already. */
    private boolean isLeft(ServerConnector port) {
        return tls.excludes(port.getPort()) || port.getProtocols().contains("ssl");
    }

    private void sniff(ServerConnector port, HttpConnectionFactory http) {
        http.getHttpConfiguration().addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server context = new SslContextFactory.Server();
        // Made once, it reads the identity at each handshake, so Jetty need reload nothing.
        context.setSslContext(tls.context());
        context.setNeedClientAuth(true);
        context.setEndpointIdentificationAlgorithm(null);
        SniffingConnections sniffing = new SniffingConnections(tls.gate(), context, http.getProtocol());
        port.addFirstConnectionFactory(sniffing);
        port.addEventListener(sniffing.ends());
        http.getHttpConfiguration().addCustomizer((request, fields) -> {
            sniffing.begun(request.getConnectionMetaData().getConnection().getEndPoint());
            return request;
        });
        port.setDefaultProtocol(sniffing.getProtocol());
    }

    private static Request connected(Request request, HttpFields.Mutable fields) {
        InetSocketAddress remote =
                request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress socket
                        ? socket
                        : null;
        request.setAttribute(Connected.ATTRIBUTE, new Connected(remote, Request.getServerName(request)));
        return request;
    }

    /** Whether it takes TLS of the mesh. */
    public static boolean guards(Connector connector) {
        return connector.getConnectionFactory(SniffingConnections.class) != null;
    }
}
