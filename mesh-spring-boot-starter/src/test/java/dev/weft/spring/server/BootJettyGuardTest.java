package dev.weft.spring.server;

import dev.weft.Mesh;
import dev.weft.http.guard.GuardContract;
import dev.weft.http.guard.Site;
import dev.weft.spring.server.jetty.JettyGuard;
import java.net.InetAddress;
import java.util.List;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;

/** The contract of guards on Boot's Jetty. */
final class BootJettyGuardTest extends GuardContract {
    @Override
    protected Site start(Mesh guarding, Site.Handlers telling) {
        JettyServletWebServerFactory factory = new JettyServletWebServerFactory(0);
        factory.setAddress(InetAddress.getLoopbackAddress());
        MeshTls tls = BootSite.tls(guarding);
        new JettyGuard(tls).customize(factory);
        return BootSite.start(factory, tls, telling);
    }

    @Override
    protected boolean answersNonsense() {
        return true;
    }

    @Override
    protected List<String> refusedByTheServer() {
        return List.of("/public//a", "/public/a//", "/public/%2e/a", "/public/100%25");
    }
}
