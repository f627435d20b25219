package dev.weft.spring.declared;

import dev.weft.spring.declared.grpc.GrpcClients;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Lets an interface be injected by its type although other beans have it: its fallback, if the application made that a bean, and the
 * same interface in an HTTP service group that the application scans. Those become fallbacks in Spring's sense; a {@code @Primary}
 * of the application, in a test for example, still wins.
 */
final class FallbackCandidates implements BeanFactoryPostProcessor {
    /** {@code AbstractHttpServiceRegistrar}'s; kept ahead of time by the flag that is set here. */
    private static final String GROUP = "httpServiceGroupName";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getBeanDefinition(name);
            Declaration declaration = declared(definition, beans);
            if (declaration == null) {
                continue;
            }
            Object group = definition.getAttribute(GROUP);
            if (group != null && !declaration.name().equals(group)) {
                definition.setFallback(true);
                continue;
            }
            Class<?> fallback = declaration.fallback();
            if (fallback == null) {
                continue;
            }
            for (String candidate : beans.getBeanNamesForType(fallback, true, false)) {
                if (beans.containsBeanDefinition(candidate)) {
                    beans.getBeanDefinition(candidate).setFallback(true);
                }
            }
        }
    }

    private static @Nullable Declaration declared(BeanDefinition definition, ConfigurableListableBeanFactory beans) {
        String type = definition.getBeanClassName();
        boolean isClient =
                definition.getAttribute(GROUP) instanceof String || definition.hasAttribute(GrpcClients.ATTRIBUTE);
        if (!isClient || type == null) {
            return null;
        }
        return Declaration.of(ClassUtils.resolveClassName(type, beans.getBeanClassLoader()));
    }
}
