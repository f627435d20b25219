package dev.weft.spring.client;

import dev.weft.http.spring.SpringClients;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceGroupConfigurer.Groups;

/**
 * RestClient, RestTemplate and HTTP service groups of the application on its mesh. Post-processors reach the beans, whoever made
 * them; customizers reach the builders that Boot configures and that are no beans. Both may meet the same client: the second finds
 * nothing to do.
 */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnClass({SpringClients.class, RestClient.class})
@ConditionalOnBooleanProperty(name = "mesh.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "mesh.outbound.rest-client", matchIfMissing = true)
@ImportRuntimeHints(SpringClientHints.class)
public final class MeshRestClientAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SpringClients meshedSpringClients(LateMesh mesh) {
        return SpringClients.on(mesh);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SpringWebBeans meshedSpringWebBeans(SpringClients clients, ConfigurableListableBeanFactory beans) {
        return new SpringWebBeans(clients, new DeclaredTypes(beans));
    }

    /** HTTP service groups, after whatever else configures them. */
    @Bean
    static GroupConfigurer meshedHttpServiceGroups(SpringClients clients) {
        return new GroupConfigurer(clients);
    }

    /** Last in order, so that it finds the factory that the group keeps. */
    record GroupConfigurer(SpringClients clients) implements RestClientHttpServiceGroupConfigurer {
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public void configureGroups(Groups<RestClient.Builder> groups) {
            groups.forEachClient((group, builder) -> clients.configure(builder));
        }
    }

    /** Boot's own builders of request factories. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ClientHttpRequestFactoryBuilder.class)
    static class RequestFactoryBuilders {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static RequestFactoryBuilderBeans meshedRequestFactoryBuilders(
                SpringClients clients, ConfigurableListableBeanFactory beans) {
            return new RequestFactoryBuilderBeans(clients, new DeclaredTypes(beans));
        }
    }

    /** Boot's own builders of clients. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClientCustomizer.class)
    static class ClientBuilders {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static RestTemplateBuilderBeans meshedRestTemplateBuilders(SpringClients clients) {
            return new RestTemplateBuilderBeans(clients);
        }

        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        RestClientCustomizer meshRestClientCustomizer(SpringClients clients) {
            return clients::configure;
        }

        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        RestTemplateCustomizer meshRestTemplateCustomizer(SpringClients clients) {
            return clients::wrap;
        }
    }
}
