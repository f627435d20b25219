package dev.weft.spring.client;

import java.lang.reflect.Method;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** By which types the application asks for its beans. */
record DeclaredTypes(ConfigurableListableBeanFactory beans) {

    /**
     * Whether a bean was declared as {@code type} itself: nobody can have asked for a subtype, so another implementation may take its
     * place.
     */
    boolean isDeclaredAs(String name, Class<?> type) {
        if (!beans.containsBeanDefinition(name)
                || !(beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition)) {
            return false;
        }
        Method factory = definition.getResolvedFactoryMethod();
        if (factory != null) {
            return factory.getReturnType() == type;
        }
        return definition.hasBeanClass() && definition.getBeanClass() == type;
    }
}
