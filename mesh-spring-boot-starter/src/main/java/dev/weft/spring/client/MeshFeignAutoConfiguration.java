package dev.weft.spring.client;

import dev.weft.http.feign.FeignClients;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import feign.AsyncClient;
import feign.Capability;
import feign.Client;
import feign.Feign;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;

/**
 * Feign clients of the application on its mesh, Spring Cloud's among them. Feign offers each client that it is about to use to its
 * capabilities; Spring Cloud has decided by then whether its load balancer stands in that client, and hosts of the mesh do not get there.
 */
@AutoConfiguration(
        after = MeshAutoConfiguration.class,
        afterName = {
            "org.springframework.cloud.openfeign.FeignAutoConfiguration",
            "org.springframework.cloud.openfeign.loadbalancer.FeignLoadBalancerAutoConfiguration"
        })
@ConditionalOnClass({FeignClients.class, Feign.class})
@ConditionalOnBooleanProperty(name = "mesh.outbound.feign", matchIfMissing = true)
@ImportRuntimeHints(MeshFeignAutoConfiguration.CalledByReflection.class)
public final class MeshFeignAutoConfiguration {

    /** For every builder of Spring Cloud; an application that builds Feign clients itself adds it to its own builders. */
    @Bean
    @ConditionalOnBooleanProperty(name = "mesh.enabled", matchIfMissing = true)
    FeignOnMesh feignOnMesh(LateMesh mesh) {
        return new FeignOnMesh(mesh);
    }

    /**
     * Without Spring Cloud's load balancer there is no client bean, and Spring Cloud then refuses {@code @FeignClient("reviews")} without a
     * URL. With this one, which is Feign's default, such an interface calls {@code http://reviews}; also while the mesh is disabled,
     * so that an application starts in its tests as it does in production.
     */
    @Bean
    @ConditionalOnMissingBean(Client.class)
    @ConditionalOnClass(name = "org.springframework.cloud.openfeign.FeignClientFactory")
    Client feignClient() {
        return new Client.Default(null, null);
    }

    /**
     * First of all capabilities, so that the others (metrics, observation) stand around calls of the mesh too. Public, because Feign calls
     * it by reflection.
     */
    public record FeignOnMesh(LateMesh mesh) implements Capability, Ordered {
        @Override
        public Client enrich(Client client) {
            return FeignClients.on(mesh, client);
        }

        @Override
        public AsyncClient<Object> enrich(AsyncClient<Object> client) {
            return FeignClients.on(mesh, client);
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }

    /** For native images. */
    static final class CalledByReflection implements RuntimeHintsRegistrar {
        @Override
        public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
            hints.reflection().registerType(FeignOnMesh.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
    }
}
