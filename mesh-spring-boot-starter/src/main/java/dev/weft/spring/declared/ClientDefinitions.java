package dev.weft.spring.declared;

import static java.util.Objects.requireNonNull;

import dev.weft.spring.declared.grpc.GrpcClients;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ClassUtils;

/** The definitions of beans that clients consist of. */
record ClientDefinitions(BeanDefinitionRegistry registry) {
    private static final boolean SPRING_GRPC = ClassUtils.isPresent(
            "org.springframework.grpc.client.GrpcChannelFactory", ClientDefinitions.class.getClassLoader());

    /** A client over gRPC, with its fallback. */
    void grpc(Declaration declaration) {
        if (!SPRING_GRPC) {
            throw declaration.refused(
                    "a gRPC interface, and there is no Spring gRPC", "add spring-boot-starter-grpc-client");
        }
        Class<?> type = declaration.type();
        if (registry.containsBeanDefinition(type.getName())) {
            return;
        }
        addToFactory(type);
        RootBeanDefinition client = new RootBeanDefinition(type);
        client.setAttribute(GrpcClients.ATTRIBUTE, true);
        BeanFactory beans = (BeanFactory) registry;
        client.setInstanceSupplier(
                () -> beans.getBean(GrpcClients.NAME, GrpcClients.class).client(type));
        registry.registerBeanDefinition(type.getName(), client);
        fallback(declaration);
    }

    /** One bean knows all interfaces, by their names: ahead of time a definition in its package cannot mention those of another. */
    private void addToFactory(Class<?> type) {
        if (!registry.containsBeanDefinition(GrpcClients.NAME)) {
            RootBeanDefinition factory = new RootBeanDefinition(GrpcClients.class);
            factory.getConstructorArgumentValues().addIndexedArgumentValue(0, new String[0]);
            registry.registerBeanDefinition(GrpcClients.NAME, factory);
        }
        ConstructorArgumentValues arguments =
                registry.getBeanDefinition(GrpcClients.NAME).getConstructorArgumentValues();
        ValueHolder types = requireNonNull(arguments.getIndexedArgumentValue(0, String[].class));
        String[] before = (String[]) requireNonNull(types.getValue());
        String[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = type.getName();
        types.setValue(after);
    }

    /** As a bean, so that its constructor is served, ahead of time too; no candidate for injection beside the client itself. */
    void fallback(Declaration declaration) {
        Class<?> fallback = declaration.fallback();
        String name = declaration.fallbackBean();
        if (fallback == null
                || fallback.isInterface()
                || Modifier.isAbstract(fallback.getModifiers())
                || registry.containsBeanDefinition(name)) {
            return;
        }
        RootBeanDefinition definition = new RootBeanDefinition(fallback);
        definition.setLazyInit(true);
        definition.setAutowireCandidate(false);
        registry.registerBeanDefinition(name, definition);
    }
}
