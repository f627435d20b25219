package dev.weft.spring.client;

import dev.weft.http.spring.reactive.WebClients;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceGroupConfigurer.Groups;

/**
 * WebClients and HTTP service groups on them on the application's mesh: a post-processor reaches the beans, whoever made them, the
 * customizer the builders that are used before there are post-processors. Both may meet the same client: the second finds nothing
 * to do.
 */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnClass({WebClients.class, WebClient.class})
@ConditionalOnBooleanProperty(name = "mesh.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "mesh.outbound.web-client", matchIfMissing = true)
public final class MeshWebClientAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WebClients meshedWebClients(LateMesh mesh) {
        return WebClients.on(mesh);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WebClientBeans meshedWebClientBeans(WebClients clients) {
        return new WebClientBeans(clients);
    }

    /** HTTP service groups, after whatever else configures them. */
    @Bean
    static GroupConfigurer meshedReactiveHttpServiceGroups(WebClients clients) {
        return new GroupConfigurer(clients);
    }

    /** Last in order, so that it finds the connector that the group keeps. */
    record GroupConfigurer(WebClients clients) implements WebClientHttpServiceGroupConfigurer {
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public void configureGroups(Groups<WebClient.Builder> groups) {
            groups.forEachClient((group, builder) -> clients.configure(builder));
        }
    }

    /** Boot's own builder. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebClientCustomizer.class)
    static class ClientBuilders {

        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        WebClientCustomizer meshWebClientCustomizer(WebClients clients) {
            return clients::configure;
        }
    }
}
