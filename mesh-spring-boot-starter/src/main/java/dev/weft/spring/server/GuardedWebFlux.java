package dev.weft.spring.server;

import dev.weft.spring.MeshProperties;
import dev.weft.spring.server.reactive.MeshWebFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What WebFlux learns of a request that the guard of its server let in. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(name = "org.springframework.web.server.WebFilter")
class GuardedWebFlux {

    @Bean
    MeshWebFilter meshWebFilter(MeshProperties settings) {
        return new MeshWebFilter(settings.inbound().principal());
    }
}
