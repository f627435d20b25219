package dev.weft.spring.server.grpc;

import dev.weft.Mesh;
import dev.weft.grpc.MeshGrpc;
import dev.weft.spring.MeshProperties;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import io.grpc.ServerBuilder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** The application's gRPC server, guarded. */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnBean(Mesh.class)
@ConditionalOnClass({MeshGrpc.class, ServerBuilderCustomizer.class})
@ConditionalOnBooleanProperty(name = "mesh.inbound.enabled", matchIfMissing = true)
public final class MeshGrpcServerAutoConfiguration {

    /** After what else changes a builder. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    <T extends ServerBuilder<T>> GuardedGrpcServers<T> meshGrpcServers(
            Mesh mesh, MeshProperties settings, Environment environment) {
        return new GuardedGrpcServers<>(mesh, settings.inbound(), environment);
    }
}
