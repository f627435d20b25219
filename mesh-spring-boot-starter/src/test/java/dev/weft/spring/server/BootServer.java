package dev.weft.spring.server;

import dev.weft.http.guard.Site;
import dev.weft.spring.server.jetty.JettyGuard;
import dev.weft.spring.server.tomcat.TomcatGuard;
import java.net.InetAddress;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Http2;

/** Boot's servlet containers as the starter guards them; Tomcat with HTTP/2. */
enum BootServer {
    TOMCAT {
        @Override
        Site start(MeshTls tls, Site.Handlers handlers) {
            TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
            factory.setAddress(InetAddress.getLoopbackAddress());
            factory.setHttp2(http2());
            new TomcatGuard(tls).customize(factory);
            return BootSite.start(factory, tls, handlers);
        }
    },
    JETTY {
        @Override
        Site start(MeshTls tls, Site.Handlers handlers) {
            JettyServletWebServerFactory factory = new JettyServletWebServerFactory(0);
            factory.setAddress(InetAddress.getLoopbackAddress());
            new JettyGuard(tls).customize(factory);
            return BootSite.start(factory, tls, handlers);
        }
    };

    abstract Site start(MeshTls tls, Site.Handlers handlers);

    private static Http2 http2() {
        Http2 on = new Http2();
        on.setEnabled(true);
        return on;
    }
}
