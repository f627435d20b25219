package dev.weft.spring.declared;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.HttpServiceGroupConfigurer.Groups;

/** Gives HTTP service groups what their interfaces declare. Used while the application starts, by its thread. */
final class DeclaredGroups implements NamedClients, SmartInitializingSingleton {
    private final ConfigurableListableBeanFactory beans;
    private final Environment environment;
    private final Map<String, List<DeclaredClient>> clients = new HashMap<>();

    DeclaredGroups(ConfigurableListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    /** @param baseUrl sets it on a builder; whatever the application says about the group comes later, and wins */
    <B> void configure(Groups<B> groups, BiConsumer<B, String> baseUrl) {
        Reading reading = new Reading(beans, environment);
        groups.forEachGroup((group, builder, factory) -> {
            List<DeclaredClient> found = read(group, reading);
            if (!found.isEmpty()) {
                baseUrl.accept(builder, found.get(0).url());
            }
            configure(factory, found);
        });
        reading.end();
    }

    private List<DeclaredClient> read(HttpServiceGroup group, Reading reading) {
        DeclarationReader reader = new DeclarationReader(reading);
        List<DeclaredClient> found = new ArrayList<>();
        List<Class<?>> types = new ArrayList<>(group.httpServiceTypes());
        types.sort(Comparator.comparing(Class::getName));
        for (Class<?> type : types) {
            Declaration declaration = Declaration.of(type);
            // In a group of another name it is what the application has made of it there.
            if (declaration == null || !declaration.name().equals(group.name())) {
                continue;
            }
            DeclaredClient client = reader.read(declaration);
            if (client == null) {
                continue;
            }
            refuseTwoServices(declaration, client, found, reading);
            found.add(client);
        }
        clients.put(group.name(), found);
        return found;
    }

    /** A group has one base URL. */
    private static void refuseTwoServices(
            Declaration declaration, DeclaredClient client, List<DeclaredClient> before, Reading reading) {
        if (!before.isEmpty() && !before.get(0).url().equals(client.url())) {
            reading.problem(
                    declaration.toString(),
                    declaration.name(),
                    "another name = ... than " + before.get(0).type().getName() + " has, which is a client of "
                            + before.get(0).url() + " and not of " + client.url());
        }
    }

    private static void configure(HttpServiceProxyFactory.Builder factory, List<DeclaredClient> found) {
        factory.customArgumentResolver(new HintsArgument());
        factory.httpRequestValuesProcessor(
                (method, parameters, arguments, request) -> DeclaredCalls.attribute(request));
        Map<Class<?>, DeclaredCalls> calls = new HashMap<>();
        found.forEach(client -> calls.put(client.type(), new DeclaredCalls(client)));
        factory.proxyFactoryCustomizer((proxy, type) -> {
            @Nullable DeclaredCalls declared = calls.get(type);
            if (declared != null) {
                proxy.addAdvice(0, declared);
            }
        });
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (List<DeclaredClient> group : clients.values()) {
            for (DeclaredClient client : group) {
                if (client.fallback() != null) {
                    client.fallback().start();
                }
            }
        }
    }

    @Override
    public Set<String> names() {
        Set<String> names = new HashSet<>(clients.keySet());
        names.removeIf(name -> clients.getOrDefault(name, List.of()).isEmpty());
        return names;
    }
}
