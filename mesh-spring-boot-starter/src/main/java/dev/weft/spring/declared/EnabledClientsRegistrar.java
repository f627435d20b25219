package dev.weft.spring.declared;

import dev.weft.spring.EnableMeshClients;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/** Clients that an {@code @EnableMeshClients} names. */
final class EnabledClientsRegistrar extends MeshClientRegistrar {
    @Override
    Collection<Class<?>> clients(
            AnnotationMetadata importing, BeanFactory beans, Environment environment, ResourceLoader resources) {
        MergedAnnotation<EnableMeshClients> enable = importing.getAnnotations().get(EnableMeshClients.class);
        Set<Class<?>> clients = new LinkedHashSet<>(List.of(enable.getClassArray("clients")));
        clients.forEach(EnabledClientsRegistrar::check);
        List<String> packages = new ArrayList<>();
        for (String written : enable.getStringArray("basePackages")) {
            packages.add(environment.resolveRequiredPlaceholders(written));
        }
        for (Class<?> type : enable.getClassArray("basePackageClasses")) {
            packages.add(type.getPackageName());
        }
        if (packages.isEmpty() && clients.isEmpty()) {
            packages.add(ClassUtils.getPackageName(importing.getClassName()));
        }
        clients.addAll(ClientScan.in(packages, environment, resources));
        return clients;
    }

    private static void check(Class<?> type) {
        if (Declaration.of(type) == null) {
            throw ClientScan.refused("@EnableMeshClients clients", type, "an interface with @MeshClient");
        }
    }
}
