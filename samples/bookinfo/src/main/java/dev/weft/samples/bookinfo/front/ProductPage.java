package dev.weft.samples.bookinfo.front;

import dev.weft.Mesh;
import dev.weft.samples.bookinfo.Ready;
import dev.weft.samples.bookinfo.Settings;
import dev.weft.samples.bookinfo.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;

/** The front of Bookinfo as a Spring Boot application on the mesh. */
@SpringBootApplication(proxyBeanMethods = false)
public class ProductPage {
    private static final String NAME = "productpage";

    /** See {@link Settings} for the options. */
    public static void main(String[] args) {
        try {
            Settings settings = Settings.of(NAME, args);
            SpringApplication application = new SpringApplication(ProductPage.class);
            application.setDefaultProperties(properties(settings));
            application.addInitializers(context -> context.getBeanFactory().registerSingleton("settings", settings));
            application.run();
        } catch (IllegalArgumentException e) {
            System.err.println(NAME + ": " + e.getMessage());
            System.exit(1);
        }
    }

    /** The options of all services of the sample, in the words of Spring Boot. */
    private static Map<String, Object> properties(Settings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("mesh.instance", settings.instance());
        properties.put("mesh.version", settings.version());
        properties.put("server.port", settings.port());
        settings.controlPlane().ifPresent(address -> properties.put("mesh.control-plane", address));
        settings.data().ifPresent(directory -> properties.put("mesh.data-directory", directory.toString()));
        return properties;
    }

    @Bean
    OpenTelemetry openTelemetry(Settings settings) {
        return Tracing.fromEnvironment(NAME, settings.instance());
    }

    /** Nobody is sent here before the mesh is configured: an application accepts traffic when its runners are through. */
    @Bean
    ApplicationRunner whenConfigured(Mesh mesh, Settings settings, WebServerApplicationContext context) {
        return arguments -> {
            mesh.awaitReady(Duration.ofSeconds(30));
            int port = Objects.requireNonNull(context.getWebServer()).getPort();
            Ready.announce(settings, NAME, port, OptionalInt.empty());
        };
    }
}
