package dev.weft.spring.declared;

import dev.weft.MeshException;
import dev.weft.settings.SettingProblem;
import dev.weft.spring.MeshClient;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Finds interfaces with {@code @MeshClient}, nested ones too. */
final class ClientScan {
    private ClientScan() {}

    static Set<Class<?>> in(Collection<String> packages, Environment environment, ResourceLoader resources) {
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

    static void check(Class<?> type) {
        if (!type.isInterface()) {
            throw refused("@MeshClient", type, "an interface");
        }
    }

    static MeshException refused(String place, Class<?> type, String expected) {
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
