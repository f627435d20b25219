package dev.weft.spring.declared;

import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/** Clients in the packages of a Spring Boot application. */
final class ApplicationClientsRegistrar extends MeshClientRegistrar {
    @Override
    Collection<Class<?>> clients(
            AnnotationMetadata importing, BeanFactory beans, Environment environment, ResourceLoader resources) {
        List<String> packages = AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
        return ClientScan.in(packages, environment, resources);
    }
}
