package dev.weft.spring.declared.grpc;

import dev.weft.config.SnapshotSource;
import dev.weft.spring.MeshBuilderCustomizer;
import dev.weft.spring.autoconfigure.GrpcTransportAutoConfiguration;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import dev.weft.spring.client.grpc.MeshGrpcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.CompositeChannelFactoryAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Applications with Spring gRPC and a mesh. Their clients they enable themselves. */
final class GrpcApplications {
    private GrpcApplications() {}

    static ApplicationContextRunner over(SnapshotSource configuration) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PropertyPlaceholderAutoConfiguration.class,
                        SslAutoConfiguration.class,
                        GrpcClientAutoConfiguration.class,
                        CompositeChannelFactoryAutoConfiguration.class,
                        GrpcTransportAutoConfiguration.class,
                        MeshAutoConfiguration.class,
                        MeshGrpcClientAutoConfiguration.class))
                .withBean(MeshBuilderCustomizer.class, () -> builder -> builder.snapshots(configuration))
                .withPropertyValues("spring.application.name=shop");
    }
}
