package dev.weft.spring.client.grpc;

import dev.weft.Mesh;
import dev.weft.grpc.MeshGrpc;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import dev.weft.spring.client.LateMesh;
import dev.weft.spring.declared.NamedDefaults;
import io.grpc.ManagedChannelBuilder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

/** The application's gRPC channels on its mesh. */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnClass({MeshGrpc.class, ManagedChannelBuilder.class})
@ConditionalOnBooleanProperty(name = "mesh.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "mesh.outbound.grpc", matchIfMissing = true)
public final class MeshGrpcClientAutoConfiguration {

    /** Where the mesh is, and no more: a channel is for the application's own use. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(value = Mesh.class, search = SearchStrategy.CURRENT)
    static class Targets {

        @Bean
        @Lazy(false)
        GlobalMesh meshOfTargets(Mesh mesh) {
            return new GlobalMesh(mesh);
        }
    }

    /** Channels of Spring's channel factories, {@code @ImportGrpcClients} among them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(GrpcChannelBuilderCustomizer.class)
    static class Channels {

        /** After what else changes a builder: the mesh keeps what has been said until then for hosts that are not its own. */
        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        <T extends ManagedChannelBuilder<T>> ChannelsOnMesh<T> meshGrpcChannels(
                LateMesh mesh, Environment environment) {
            return new ChannelsOnMesh<>(mesh, new NamedDefaults(environment));
        }
    }
}
