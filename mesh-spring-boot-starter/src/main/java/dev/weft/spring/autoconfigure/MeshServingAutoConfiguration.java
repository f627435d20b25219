package dev.weft.spring.autoconfigure;

import dev.weft.Mesh;
import io.grpc.protobuf.services.HealthStatusManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

/** The application as others call it: its ports, when it may be called, and how it goes. */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnBean(Mesh.class)
public class MeshServingAutoConfiguration {

    /** A child context's servers end before their parent's beans, so each context leaves for itself. */
    @Bean
    @Lazy(false)
    LeavingFirst meshLeaving(Mesh mesh, ApplicationContext context) {
        return new LeavingFirst(mesh, context);
    }

    /** A context's own gRPC servers, which Spring stops first of all. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(GrpcServerStartedEvent.class)
    static class GrpcServers {

        @Bean
        @Lazy(false)
        RunningGrpcServers meshGrpcServing(
                Mesh mesh,
                ApplicationContext context,
                LeavingFirst leaving,
                ObjectProvider<HealthStatusManager> health) {
            return new RunningGrpcServers(mesh, context, leaving, health);
        }
    }

    /** Events of child contexts come to their parents: one listener, where the mesh is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(value = Mesh.class, search = SearchStrategy.CURRENT)
    static class WhereTheMeshIs {

        @Bean
        @Lazy(false)
        Readiness meshReadiness(Mesh mesh) {
            return new Readiness(mesh.health());
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(WebServerInitializedEvent.class)
        static class Servers {

            @Bean
            @Lazy(false)
            RunningServers meshServers(Mesh mesh, Readiness readiness, ApplicationContext context) {
                return new RunningServers(mesh, readiness, context);
            }
        }
    }
}
