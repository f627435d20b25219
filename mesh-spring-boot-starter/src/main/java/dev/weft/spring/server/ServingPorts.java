package dev.weft.spring.server;

import dev.weft.Mesh;
import dev.weft.config.Encryption;
import dev.weft.spring.server.jetty.JettyGuard;
import dev.weft.spring.server.tomcat.TomcatGuard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.apache.catalina.connector.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;

/** Where the web servers of an application listen, and what they take. */
public final class ServingPorts {
    private static final String TOMCAT = "org.springframework.boot.tomcat.TomcatWebServer";
    private static final String JETTY = "org.springframework.boot.jetty.JettyWebServer";
    private static final String NETTY = "org.springframework.boot.reactor.netty.NettyWebServer";

    private ServingPorts() {}

    /**
     * Tells the mesh of a server that has started, so that it joins the registry.
     *
     * @param guarded whether {@code mesh.inbound} guards the application's servers
     * @return false if that is not needed: a guarded Reactor Netty server says it itself
     */
    public static boolean listening(Mesh mesh, WebServer server, boolean guarded) {
        Port port = port(server);
        if (port == null) {
            if (guarded && is(server, NETTY) || server.getPort() <= 0) {
                return false;
            }
            port = new Port(new InetSocketAddress(server.getPort()), Encryption.PLAINTEXT, false);
        }
        String protocol = port.ownTls ? "https" : "http";
        mesh.listening(protocol, protocol, 0, port.at, port.encryption);
        return true;
    }

    private record Port(InetSocketAddress at, Encryption encryption, boolean ownTls) {}

    private static @Nullable Port port(WebServer server) {
        // By name first: to touch a server's own type needs its library.
        if (is(server, TOMCAT)) {
            return Tomcat.port(server);
        }
        return is(server, JETTY) ? Jetty.port(server) : null;
    }

    private static boolean is(WebServer server, String name) {
        for (Class<?> type = server.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static final class Tomcat {
        static Port port(WebServer server) {
            Connector connector = ((TomcatWebServer) server).getTomcat().getConnector();
            boolean sniffs = TomcatGuard.guards(connector);
            InetSocketAddress at = address(connector.getProperty("address"), connector.getLocalPort());
            return new Port(at, sniffs ? Encryption.BOTH : Encryption.PLAINTEXT, !sniffs && connector.getSecure());
        }
    }

    private static final class Jetty {
        static @Nullable Port port(WebServer server) {
            for (org.eclipse.jetty.server.Connector connector :
                    ((JettyWebServer) server).getServer().getConnectors()) {
                if (connector instanceof ServerConnector port) {
                    boolean sniffs = JettyGuard.guards(port);
                    boolean ownTls = !sniffs && port.getProtocols().contains("ssl");
                    return new Port(
                            address(port.getHost(), port.getLocalPort()),
                            sniffs ? Encryption.BOTH : Encryption.PLAINTEXT,
                            ownTls);
                }
            }
            return null;
        }
    }

    /** Where it is bound: at this address, or everywhere. */
    private static InetSocketAddress address(@Nullable Object address, int port) {
        try {
            if (address instanceof InetAddress known) {
                return new InetSocketAddress(known, port);
            }
            return address instanceof String name
                    ? new InetSocketAddress(InetAddress.getByName(name), port)
                    : new InetSocketAddress(port);
        } catch (UnknownHostException e) {
            return new InetSocketAddress(port);
        }
    }
}
