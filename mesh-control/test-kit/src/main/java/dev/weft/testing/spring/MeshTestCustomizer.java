package dev.weft.testing.spring;

import dev.weft.Mesh;
import dev.weft.testing.PolicyMesh;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Two beans, {@code policyMesh} and {@code mesh}; the starter makes no mesh where there is one. Equal ones share a cached context.
 *
 * @param place of the rules
 * @param as who calls; empty: the application's name
 */
record MeshTestCustomizer(String place, String as) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
        BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        registry.registerBeanDefinition(
                "policyMesh",
                BeanDefinitionBuilder.genericBeanDefinition(
                                PolicyMesh.class, () -> PolicyMesh.of(place, caller(context)))
                        .setDestroyMethodName("close")
                        .getBeanDefinition());
        registry.registerBeanDefinition(
                "mesh",
                BeanDefinitionBuilder.genericBeanDefinition(
                                Mesh.class,
                                () -> beans.getBean(PolicyMesh.class).mesh())
                        .setDestroyMethodName("")
                        .getBeanDefinition());
    }

    private String caller(ConfigurableApplicationContext context) {
        return as.isEmpty() ? context.getEnvironment().getProperty("spring.application.name", "test") : as;
    }
}
