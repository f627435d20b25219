package dev.weft.spring.actuate;

import dev.weft.Mesh;
import dev.weft.spring.MeshProperties;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The mesh in Actuator, part by part where Actuator has the part. */
@AutoConfiguration(
        after = MeshAutoConfiguration.class,
        afterName =
                "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnBean(Mesh.class)
public class MeshActuateAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
    @ConditionalOnAvailableEndpoint(MeshEndpoint.class)
    static class AnEndpoint {

        @Bean
        @ConditionalOnMissingBean
        MeshEndpoint meshEndpoint(Mesh mesh) {
            return new MeshEndpoint(mesh);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnEnabledHealthIndicator("mesh")
    static class Indicator {

        @Bean
        @ConditionalOnMissingBean(name = "meshHealthIndicator")
        MeshHealthIndicator meshHealthIndicator(Mesh mesh, MeshProperties properties) {
            return new MeshHealthIndicator(mesh, properties.health());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthEndpointGroupsPostProcessor.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnEnabledHealthIndicator("mesh")
    static class Groups {

        @Bean
        static MeshInReadiness meshInReadiness() {
            return new MeshInReadiness();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
    @ConditionalOnEnabledInfoContributor("mesh")
    static class InInfo {

        @Bean
        MeshInfoContributor meshInfoContributor(Mesh mesh) {
            return new MeshInfoContributor(mesh);
        }
    }
}
