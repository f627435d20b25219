package dev.weft.spring.autoconfigure;

import dev.weft.config.SnapshotSource;
import dev.weft.spring.MeshBuilderCustomizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatServletManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A small application on Tomcat, started as applications are: with events about its availability. */
public final class App {
    private App() {}

    public static ConfigurableApplicationContext run(Class<?> more, String... properties) {
        List<String> arguments = new ArrayList<>(
                List.of("--spring.application.name=shop", "--server.port=0", "--spring.main.banner-mode=off"));
        Arrays.stream(properties).map("--"::concat).forEach(arguments::add);
        SpringApplication application = new SpringApplication(Meshed.class, Servlets.class, more);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setRegisterShutdownHook(false);
        return application.run(arguments.toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({MeshAutoConfiguration.class, MeshServingAutoConfiguration.class})
    static class Meshed {

        @Bean
        MeshBuilderCustomizer noControlPlane() {
            return builder -> builder.snapshots(SnapshotSource.of(Contexts.EMPTY));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MeshAutoConfiguration.class,
        MeshServingAutoConfiguration.class,
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        EndpointAutoConfiguration.class,
        WebEndpointAutoConfiguration.class,
        ManagementContextAutoConfiguration.class,
        ServletManagementContextAutoConfiguration.class,
        TomcatServletManagementContextAutoConfiguration.class
    })
    static class Servlets {}
}
