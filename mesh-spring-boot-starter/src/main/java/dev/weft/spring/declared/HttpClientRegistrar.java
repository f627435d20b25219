package dev.weft.spring.declared;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;
import org.springframework.web.service.registry.AbstractHttpServiceRegistrar;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;

/** Makes each HTTP interface a type of the HTTP service group that has its name, and the others clients over gRPC. */
final class HttpClientRegistrar extends AbstractHttpServiceRegistrar {
    private static final boolean WEB_CLIENT = ClassUtils.isPresent(
            "org.springframework.web.reactive.function.client.WebClient", HttpClientRegistrar.class.getClassLoader());

    // Set by Spring before the definitions are asked for, on its thread.
    private @Nullable Environment environment;
    private @Nullable ResourceLoader resources;
    private @Nullable BeanFactory beans;

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
        ClientDefinitions definitions = new ClientDefinitions((BeanDefinitionRegistry) factory);
        Map<String, Declaration> blocking = new HashMap<>();
        Map<String, Declaration> reactive = new HashMap<>();
        ClientScan scan = new ClientScan(factory, requireNonNull(environment), requireNonNull(resources));
        for (Declaration declaration : scan.asked(importing)) {
            if (declaration.grpc() != null) {
                definitions.grpc(declaration);
                continue;
            }
            Class<?> type = declaration.type();
            boolean isReactive = ReturnTypes.isReactive(type);
            (isReactive ? reactive : blocking).put(declaration.name(), declaration);
            refuseBoth(declaration.name(), blocking, reactive);
            if (isReactive && !WEB_CLIENT) {
                throw declaration.refused(
                        ReturnTypes.firstReactive(type) + " is reactive, and there is no WebClient",
                        "add spring-boot-starter-webclient, or let it return what comes");
            }
            groups.forGroup(declaration.name(), isReactive ? ClientType.WEB_CLIENT : ClientType.REST_CLIENT)
                    .register(type);
            definitions.fallback(declaration);
        }
    }

    /** A group has one client, and blocking callers expect the exceptions of another one than reactive callers. */
    private static void refuseBoth(String name, Map<String, Declaration> blocking, Map<String, Declaration> reactive) {
        Declaration one = blocking.get(name);
        Declaration other = reactive.get(name);
        if (one != null && other != null) {
            throw other.refused(
                    "reactive, and named `" + name + "` as " + one.type().getSimpleName() + " is, which is blocking",
                    "a name of its own, like @MeshClient(value = ..., name = \"" + name + "-reactive\")");
        }
    }
}
