package dev.weft.spring.declared;

import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration;
import org.springframework.context.support.GenericApplicationContext;

/** Applications with declared clients. */
final class Clients {
    private Clients() {}

    /** What Boot has about HTTP clients, and declared ones. */
    static ApplicationContextRunner boot() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PropertyPlaceholderAutoConfiguration.class,
                        MeshClientAutoConfiguration.class,
                        HttpServiceClientPropertiesAutoConfiguration.class,
                        ImperativeHttpClientAutoConfiguration.class,
                        RestClientAutoConfiguration.class,
                        HttpServiceClientAutoConfiguration.class,
                        ReactiveHttpClientAutoConfiguration.class,
                        WebClientAutoConfiguration.class,
                        ReactiveHttpServiceClientAutoConfiguration.class))
                // Else every context takes two seconds to close.
                .withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s");
    }

    static ApplicationContextRunner over(Wire wire) {
        return boot().withBean(Wire.class, (Supplier<Wire>) () -> wire);
    }

    /** Whose application class is in that package. */
    static ApplicationContextRunner of(String applicationPackage, Wire wire) {
        return over(wire)
                .withInitializer(context ->
                        AutoConfigurationPackages.register((GenericApplicationContext) context, applicationPackage));
    }
}
