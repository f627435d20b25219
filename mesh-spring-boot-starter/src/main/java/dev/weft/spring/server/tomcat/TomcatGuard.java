package dev.weft.spring.server.tomcat;

import dev.weft.spring.server.GuardFilter;
import dev.weft.spring.server.MeshTls;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.core.Ordered;

/** Gives the connector of Boot's Tomcat the mesh's TLS beside plaintext. After the application's own customizers, whose TLS it leaves alone. */
public final class TomcatGuard implements WebServerFactoryCustomizer<TomcatWebServerFactory>, Ordered {
    private static final Logger log = LoggerFactory.getLogger(TomcatGuard.class);

    private final MeshTls tls;

    public TomcatGuard(MeshTls tls) {
        this.tls = tls;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatWebServerFactory factory) {
        List<Valve> valves = new ArrayList<>(factory.getEngineValves());
        valves.add(0, new ConnectedValve());
        factory.setEngineValves(valves);
        if (factory instanceof ConfigurableReactiveWebServerFactory && !tls.excludes(factory)) {
            // WebFlux on servlets, where Boot registers no filters.
            factory.addContextCustomizers(
                    context -> context.addServletContainerInitializer((types, servlets) -> guard(servlets), null));
        }
        if (!tls.takes(factory)) {
            return;
        }
        if (!factory.getProtocol().equals(TomcatWebServerFactory.DEFAULT_PROTOCOL)) {
            log.warn(
                    "Tomcat's protocol is {}: its port takes no TLS of the mesh, only plaintext, which a STRICT policy refuses; leave"
                            + " the protocol alone",
                    factory.getProtocol());
            return;
        }
        factory.setProtocol(SniffingProtocol.class.getName());
        factory.addConnectorCustomizers(this::prepare);
    }

    private void guard(ServletContext servlets) {
        FilterRegistration.Dynamic filter = servlets.addFilter("mesh", GuardFilter.of(tls));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private void prepare(Connector connector) {
        if (connector.getProtocolHandler() instanceof SniffingProtocol protocol) {
            protocol.take(tls.gate(), tls.context());
        }
    }

    /** Whether it takes TLS of the mesh. */
    public static boolean guards(Connector connector) {
        return connector.getProtocolHandler() instanceof SniffingProtocol;
    }
}
