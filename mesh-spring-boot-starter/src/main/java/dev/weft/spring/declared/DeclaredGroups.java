package dev.weft.spring.declared;

import dev.weft.MeshException;
import dev.weft.settings.SettingProblem;
import dev.weft.spring.ClientProperties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.HttpServiceGroupConfigurer.Groups;

/** Gives HTTP service groups what their interfaces declare. Used while the application starts, by its thread. */
final class DeclaredGroups implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(DeclaredGroups.class);

    private final ConfigurableListableBeanFactory beans;
    private final Environment environment;
    private final Map<String, ClientProperties> properties;
    private final Map<String, List<DeclaredClient>> clients = new HashMap<>();

    DeclaredGroups(ConfigurableListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
        this.properties = Binder.get(environment)
                .bind("mesh.clients", Bindable.mapOf(String.class, ClientProperties.class))
                .orElse(Map.of());
    }

    /** @param baseUrl sets it on a builder; whatever the application says about the group comes later, and wins */
    <B> void configure(Groups<B> groups, BiConsumer<B, String> baseUrl) {
        List<SettingProblem> problems = new ArrayList<>();
        UnaryOperator<String> placeholders = text -> String.valueOf(beans.resolveEmbeddedValue(text));
        Values values = new Values(placeholders, problems);
        DeclarationReader reader =
                new DeclarationReader(beans, properties, new DoubleRetries(environment, placeholders), values);
        groups.forEachGroup((group, builder, factory) -> {
            List<DeclaredClient> found = read(group, reader, values);
            if (!found.isEmpty()) {
                baseUrl.accept(builder, found.get(0).url());
            }
            configure(factory, found);
        });
        if (!problems.isEmpty()) {
            throw new MeshException.Configuration(problems);
        }
    }

    private List<DeclaredClient> read(HttpServiceGroup group, DeclarationReader reader, Values values) {
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
            refuseTwoServices(declaration, client, found, values);
            found.add(client);
        }
        clients.put(group.name(), found);
        return found;
    }

    /** A group has one base URL. */
    private static void refuseTwoServices(
            Declaration declaration, DeclaredClient client, List<DeclaredClient> before, Values values) {
        if (!before.isEmpty() && !before.get(0).url().equals(client.url())) {
            values.problem(
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
        Set<String> channels = ChannelNames.of(beans, environment);
        for (String name : properties.keySet()) {
            if (clients.getOrDefault(name, List.of()).isEmpty() && !channels.contains(name)) {
                LOG.warn(
                        "mesh.clients.{} has no effect: no @MeshClient has that name, there are {}{}",
                        name,
                        new TreeSet<>(clients.keySet()),
                        channels.isEmpty() ? "" : "; nor has a gRPC channel, there are " + channels);
            }
        }
    }
}
