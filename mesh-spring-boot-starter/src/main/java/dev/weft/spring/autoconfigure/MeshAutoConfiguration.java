package dev.weft.spring.autoconfigure;

import dev.weft.Mesh;
import dev.weft.spring.MeshBuilderCustomizer;
import dev.weft.spring.MeshProperties;
import dev.weft.spring.client.LateMesh;
import dev.weft.telemetry.MeshObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;

/** The application's mesh. With {@code mesh.enabled=false} there is none, and whoever asks for it late hears so. */
@AutoConfiguration
@EnableConfigurationProperties(MeshProperties.class)
public class MeshAutoConfiguration {

    /** Static and without the mesh itself, so that whoever makes beans before others may have it. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnMissingBean
    static LateMesh lateMesh(ObjectProvider<Mesh> mesh) {
        return new LateMesh(mesh);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "mesh.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean(Mesh.class)
    static class Enabled {

        @Bean(destroyMethod = "close")
        @Lazy(false)
        Mesh mesh(
                ConfigurableEnvironment environment,
                ConfigurableListableBeanFactory beans,
                ObjectProvider<MeshObserver> observers,
                ObjectProvider<MeterRegistry> registry,
                ObjectProvider<OpenTelemetry> openTelemetry,
                ObjectProvider<MeshBuilderCustomizer> customizers) {
            Mesh.Builder builder = Mesh.builder().settings(EnvironmentSettings.of(environment));
            registry.ifUnique(builder::meterRegistry);
            openTelemetry.ifUnique(builder::openTelemetry);
            builder.handlersTraced(BootsObservations.traced(beans, environment));
            observers.orderedStream().forEach(builder::observer);
            customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
            return builder.start();
        }
    }
}
