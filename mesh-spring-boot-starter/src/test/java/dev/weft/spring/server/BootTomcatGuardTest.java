package dev.weft.spring.server;

import dev.weft.Mesh;
import dev.weft.http.guard.GuardContract;
import dev.weft.http.guard.Site;
import dev.weft.spring.server.tomcat.TomcatGuard;
import java.net.InetAddress;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/** The contract of guards on Boot's Tomcat. */
final class BootTomcatGuardTest extends GuardContract {
    @Override
    protected Site start(Mesh guarding, Site.Handlers telling) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        factory.setAddress(InetAddress.getLoopbackAddress());
        MeshTls tls = BootSite.tls(guarding);
        new TomcatGuard(tls).customize(factory);
        return BootSite.start(factory, tls, telling);
    }
}
