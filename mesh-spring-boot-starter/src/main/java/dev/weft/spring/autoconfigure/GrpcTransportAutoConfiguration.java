package dev.weft.spring.autoconfigure;

import io.grpc.BindableService;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Keeps the application's gRPC transport what it was. Boot takes grpc-netty-shaded where both are there, and Weft brings that one for its own
 * connections; an application with grpc-netty has customizers and event loops of that one. What is Boot's stays Boot's, only the order is
 * another. Also without a mesh.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration",
            "org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration"
        })
@ConditionalOnClass(name = "io.grpc.netty.NettyChannelBuilder")
public final class GrpcTransportAutoConfiguration {

    /** Where Boot makes channels. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = Channels.BOOTS)
    @ConditionalOnBooleanProperty(name = "spring.grpc.client.enabled", matchIfMissing = true)
    @Import(Channels.class)
    static class ForChannels {}

    /** Where Boot makes servers; one in a servlet container has no transport. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = Servers.BOOTS)
    @ConditionalOnMissingClass("io.grpc.servlet.jakarta.GrpcServlet")
    @ConditionalOnBooleanProperty(name = "spring.grpc.server.enabled", matchIfMissing = true)
    @ConditionalOnBean(BindableService.class)
    @Import(Servers.class)
    static class ForServers {}

    // Not public, so by name.

    static final class Channels implements ImportSelector {
        static final String BOOTS = "org.springframework.boot.grpc.client.autoconfigure.NettyGrpcClientConfiguration";

        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return new String[] {BOOTS};
        }
    }

    static final class Servers implements ImportSelector {
        static final String BOOTS = "org.springframework.boot.grpc.server.autoconfigure.NettyGrpcServerConfiguration";

        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return new String[] {BOOTS};
        }
    }
}
