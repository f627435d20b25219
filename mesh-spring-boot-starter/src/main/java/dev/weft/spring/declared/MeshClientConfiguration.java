package dev.weft.spring.declared;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/** What implements {@code @MeshClient}, also where there is no mesh: then a client is a plain one. */
@Configuration(proxyBeanMethods = false)
class MeshClientConfiguration {
    @Bean
    static FallbackCandidates meshClientFallbackCandidates() {
        return new FallbackCandidates();
    }

    @Bean
    UnclaimedSettings meshClientUnclaimedSettings(
            ObjectProvider<NamedClients> clients, ConfigurableListableBeanFactory beans, Environment environment) {
        return new UnclaimedSettings(clients, beans, environment);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClientHttpServiceGroupConfigurer.class)
    static class Http {
        @Bean
        DeclaredGroups meshClientGroups(ConfigurableListableBeanFactory beans, Environment environment) {
            return new DeclaredGroups(beans, environment);
        }

        @Bean
        RestGroups meshRestClientGroups(DeclaredGroups declared) {
            return new RestGroups(declared);
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(WebClientHttpServiceGroupConfigurer.class)
        static class Reactive {
            @Bean
            WebGroups meshWebClientGroups(DeclaredGroups declared) {
                return new WebGroups(declared);
            }
        }
    }
}
