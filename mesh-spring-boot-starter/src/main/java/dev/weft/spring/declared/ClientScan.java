package dev.weft.spring.declared;

import dev.weft.MeshException;
import dev.weft.settings.SettingProblem;
import dev.weft.spring.EnableMeshClients;
import dev.weft.spring.MeshClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds interfaces with {@code @MeshClient}, nested ones too.
 *
 * @param beans knows the packages of a Spring Boot application
 */
record ClientScan(BeanFactory beans, Environment environment, ResourceLoader resources) {
    /** What an {@code @EnableMeshClients} on the importing class names, or else what is in the application's packages. */
    List<Declaration> asked(AnnotationMetadata importing) {
        MergedAnnotation<EnableMeshClients> enable = importing.getAnnotations().get(EnableMeshClients.class);
        List<Declaration> found = new ArrayList<>();
        for (Class<?> type : enable.isPresent() ? enabled(enable, importing) : ofApplication()) {
            if (!type.isInterface()) {
                throw refused("@MeshClient", type, "an interface");
            }
            Declaration declaration = Declaration.of(type);
            if (declaration != null) {
                found.add(declaration);
            }
        }
        return found;
    }

    private Set<Class<?>> ofApplication() {
        return in(AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of());
    }

    private Set<Class<?>> enabled(MergedAnnotation<EnableMeshClients> enable, AnnotationMetadata importing) {
        Set<Class<?>> clients = new LinkedHashSet<>(List.of(enable.getClassArray("clients")));
        for (Class<?> type : clients) {
            if (Declaration.of(type) == null) {
                throw refused("@EnableMeshClients clients", type, "an interface with @MeshClient");
            }
        }
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
        clients.addAll(in(packages));
        return clients;
    }

    private Set<Class<?>> in(Collection<String> packages) {
        Scanner scanner = new Scanner(environment, resources);
        Set<Class<?>> found = new LinkedHashSet<>();
        for (String each : packages) {
            for (BeanDefinition candidate : scanner.findCandidateComponents(each)) {
                String name = candidate.getBeanClassName();
                if (name != null) {
                    found.add(ClassUtils.resolveClassName(name, resources.getClassLoader()));
                }
            }
        }
        return found;
    }

    private static MeshException refused(String place, Class<?> type, String expected) {
        return new MeshException.Configuration(
                List.of(new SettingProblem(place, "`" + type.getName() + "`", expected + " was expected")));
    }

    private static final class Scanner extends ClassPathScanningCandidateComponentProvider {
        Scanner(Environment environment, ResourceLoader resources) {
            super(false, environment);
            setResourceLoader(resources);
            addIncludeFilter(new AnnotationTypeFilter(MeshClient.class, true, false));
        }

        @Override
        protected boolean isCandidateComponent(AnnotatedBeanDefinition found) {
            return found.getMetadata().isIndependent() && !found.getMetadata().isAnnotation();
        }
    }
}
