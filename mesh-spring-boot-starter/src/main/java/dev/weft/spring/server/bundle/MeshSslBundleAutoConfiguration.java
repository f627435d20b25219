package dev.weft.spring.server.bundle;

import dev.weft.Mesh;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Registers the bundle, unless the application has one of that name. */
@AutoConfiguration(after = MeshAutoConfiguration.class, before = SslAutoConfiguration.class)
@ConditionalOnBean(Mesh.class)
public class MeshSslBundleAutoConfiguration {
    /** Name of the bundle. */
    public static final String NAME = "mesh";

    private static final Logger log = LoggerFactory.getLogger(MeshSslBundleAutoConfiguration.class);

    /** After the application's own. Asks for the mesh at the first handshake only: what the mesh itself needs may need bundles. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    static SslBundleRegistrar meshSslBundle(ObjectProvider<Mesh> mesh) {
        return registry -> register(registry, mesh);
    }

    private static void register(SslBundleRegistry registry, ObjectProvider<Mesh> mesh) {
        if (registry instanceof SslBundles known && known.getBundleNames().contains(NAME)) {
            log.info("the SSL bundle {} is the application's own", NAME);
        } else {
            registry.registerBundle(NAME, MeshSslBundle.of(mesh::getObject));
        }
    }
}
