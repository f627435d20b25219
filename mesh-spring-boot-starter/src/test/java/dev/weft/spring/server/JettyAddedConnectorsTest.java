package dev.weft.spring.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.spring.InboundProperties;
import dev.weft.spring.server.jetty.JettyGuard;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

/** Connectors that an application adds to Boot's Jetty. */
class JettyAddedConnectorsTest {

    @Test
    void oneOnAnExcludedPortIsLeftAsItIs() {
        List<ServerConnector> added = new ArrayList<>();
        JettyServletWebServerFactory factory = new JettyServletWebServerFactory(0);
        factory.addServerCustomizers(server -> {
            for (int port : new int[] {9000, 9001}) {
                ServerConnector connector = new ServerConnector(server);
                connector.setPort(port);
                server.addConnector(connector);
                added.add(connector);
            }
        });
        try (Mesh mesh = new Town().mesh()) {
            InboundProperties settings = new InboundProperties(true, true, List.of("management", "9000"));
            new JettyGuard(new MeshTls(mesh, settings)).customize(factory);
            // Made and not started, so that no port is bound.
            WebServer server = factory.getWebServer();
            try {
                assertThat(added).extracting(JettyGuard::guards).containsExactly(false, true);
            } finally {
                server.destroy();
            }
        }
    }
}
