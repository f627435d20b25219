package dev.weft.spring.declared;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The gRPC channels that an application names, as far as that is known before it asks for one. */
final class ChannelNames {
    /** The bean that makes the stubs of {@code @ImportGrpcClients}; its first argument is the name. */
    private static final String STUBS = "org.springframework.grpc.client.GrpcClientFactory";

    private ChannelNames() {}

    static Set<String> of(ConfigurableListableBeanFactory beans, Environment environment) {
        Set<String> names = new TreeSet<>(Binder.get(environment)
                .bind("spring.grpc.client.channel", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of())
                .keySet());
        for (String bean : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getBeanDefinition(bean);
            if (STUBS.equals(definition.getFactoryBeanName())) {
                ValueHolder name = definition.getConstructorArgumentValues().getIndexedArgumentValue(0, String.class);
                if (name != null && name.getValue() != null) {
                    names.add(name.getValue().toString());
                }
            }
        }
        return names;
    }
}
