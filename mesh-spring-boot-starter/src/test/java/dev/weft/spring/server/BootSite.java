package dev.weft.spring.server;

import dev.weft.Mesh;
import dev.weft.http.guard.Site;
import dev.weft.http.guard.WebApp;
import dev.weft.spring.InboundProperties;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/** A server as Boot makes it, without an application around it: one port for both kinds of connection. */
final class BootSite implements Site {
    private final WebServer server;

    private BootSite(WebServer server) {
        this.server = server;
    }

    static MeshTls tls(Mesh mesh) {
        return new MeshTls(mesh, InboundProperties.defaults());
    }

    /** @param factory customized already */
    static BootSite start(ServletWebServerFactory factory, MeshTls tls, Handlers handlers) {
        ServletContextInitializer servlets = context -> new WebApp(tls.mesh(), handlers).servlets(context);
        WebServer server = factory.getWebServer(new MeshFilterRegistration(GuardFilter.of(tls)), servlets);
        server.start();
        ServingPorts.listening(tls.mesh(), server, true);
        return new BootSite(server);
    }

    @Override
    public InetSocketAddress plaintext() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    @Override
    public InetSocketAddress tls() {
        return plaintext();
    }

    @Override
    public void close() {
        server.stop();
        server.destroy();
    }
}
