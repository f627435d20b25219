package dev.weft.spring.server;

import dev.weft.Mesh;
import dev.weft.spring.MeshProperties;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The web server of the application, guarded. */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnBean(Mesh.class)
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "mesh.inbound.enabled", matchIfMissing = true)
@Import({
    GuardedServers.OnTomcat.class,
    GuardedServers.OnJetty.class,
    GuardedServers.OnNetty.class,
    GuardedServlets.class,
    GuardedWebFlux.class
})
public class MeshInboundAutoConfiguration {

    @Bean
    MeshTls meshTls(Mesh mesh, MeshProperties settings) {
        return new MeshTls(mesh, settings.inbound());
    }
}
