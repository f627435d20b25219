package dev.weft.spring.declared;

import static java.util.Objects.requireNonNull;

import dev.weft.MeshException;
import dev.weft.settings.SettingProblem;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;
import org.springframework.web.service.registry.AbstractHttpServiceRegistrar;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;

/** Makes each interface a type of the HTTP service group that has its name. */
abstract class MeshClientRegistrar extends AbstractHttpServiceRegistrar {
    private static final boolean WEB_CLIENT = ClassUtils.isPresent(
            "org.springframework.web.reactive.function.client.WebClient", MeshClientRegistrar.class.getClassLoader());

    // Set by Spring before the definitions are asked for, on its thread.
    private @Nullable Environment environment;
    private @Nullable ResourceLoader resources;
    private @Nullable BeanFactory beans;

    /** The interfaces; called once. */
    abstract Collection<Class<?>> clients(
            AnnotationMetadata importing, BeanFactory beans, Environment environment, ResourceLoader resources);

    @Override
    public void setEnvironment(Environment environment) {
        super.setEnvironment(environment);
        this.environment = environment;
    }

    @Override
    public void setResourceLoader(ResourceLoader resources) {
        super.setResourceLoader(resources);
        this.resources = resources;
    }

    @Override
    public void setBeanFactory(BeanFactory beans) {
        super.setBeanFactory(beans);
        this.beans = beans;
    }

    @Override
    protected void registerHttpServices(GroupRegistry groups, AnnotationMetadata importing) {
        BeanFactory factory = requireNonNull(beans);
        Map<String, Class<?>> blocking = new HashMap<>();
        Map<String, Class<?>> reactive = new HashMap<>();
        for (Class<?> type : clients(importing, factory, requireNonNull(environment), requireNonNull(resources))) {
            ClientScan.check(type);
            Declaration declaration = Declaration.of(type);
            if (declaration == null) {
                continue;
            }
            boolean isReactive = ReturnTypes.isReactive(type);
            (isReactive ? reactive : blocking).put(declaration.name(), type);
            refuseBoth(declaration.name(), blocking, reactive);
            if (isReactive && !WEB_CLIENT) {
                throw refused(
                        type,
                        ReturnTypes.firstReactive(type) + " is reactive, and there is no WebClient",
                        "add spring-boot-starter-webclient, or let it return what comes");
            }
            groups.forGroup(declaration.name(), isReactive ? ClientType.WEB_CLIENT : ClientType.REST_CLIENT)
                    .register(type);
            registerFallback(declaration, (BeanDefinitionRegistry) factory);
        }
    }

    /** A group has one client, and blocking callers expect the exceptions of another one than reactive callers. */
    private static void refuseBoth(String name, Map<String, Class<?>> blocking, Map<String, Class<?>> reactive) {
        Class<?> one = blocking.get(name);
        Class<?> other = reactive.get(name);
        if (one != null && other != null) {
            throw refused(
                    other,
                    "reactive, and named `" + name + "` as " + one.getSimpleName() + " is, which is blocking",
                    "a name of its own, like @MeshClient(value = ..., name = \"" + name + "-reactive\")");
        }
    }

    private static MeshException refused(Class<?> type, String found, String expected) {
        String place = "@MeshClient " + type.getSimpleName();
        return new MeshException.Configuration(List.of(new SettingProblem(place, found, expected)));
    }

    /** As a bean, so that its constructor is served, ahead of time too; no candidate for injection beside the client itself. */
    private static void registerFallback(Declaration declaration, BeanDefinitionRegistry registry) {
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
