package dev.weft.spring.declared.grpc;

import static java.util.Objects.requireNonNull;

import dev.weft.spring.declared.Declaration;
import dev.weft.spring.declared.Fallback;
import dev.weft.spring.declared.NamedClients;
import dev.weft.spring.declared.Reading;
import io.grpc.Channel;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.util.ClassUtils;

/** All clients of an application that speak gRPC, read and checked together. Safe for use from any thread. */
public final class GrpcClients implements NamedClients, SmartInitializingSingleton {
    /** Of this bean. */
    public static final String NAME = "meshGrpcClients";

    /** Which the definition of a client has. */
    public static final String ATTRIBUTE = "dev.weft.grpcClient";

    private final Set<String> names = new TreeSet<>();
    private final Map<String, GrpcClient> clients = new TreeMap<>();
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private final GrpcChannelFactory factory;

    /**
     * @param types names of the interfaces
     * @throws dev.weft.MeshException.Configuration with everything that is wrong with any of them
     */
    public GrpcClients(
            String[] types,
            ConfigurableListableBeanFactory beans,
            Environment environment,
            GrpcChannelFactory factory) {
        this.factory = factory;
        Reading reading = new Reading(beans, environment);
        ClientReader reader = new ClientReader(reading, environment);
        for (String name : types) {
            Class<?> type = ClassUtils.resolveClassName(name, beans.getBeanClassLoader());
            Declaration declaration = requireNonNull(Declaration.of(type), name);
            names.add(declaration.name());
            GrpcClient client = reader.read(declaration);
            if (client != null) {
                clients.put(name, client);
            }
        }
        reading.end();
    }

    /** The client that has the interface. Its channel is made by the first call, or when the application has started. */
    public <T> T client(Class<T> type) {
        GrpcClient client = requireNonNull(clients.get(type.getName()), type.getName());
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new ClientProxy(client, () -> channel(client)));
        return type.cast(proxy);
    }

    private Channel channel(GrpcClient client) {
        return channels.computeIfAbsent(client.channel(), factory::createChannel);
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (GrpcClient client : clients.values()) {
            Channel unused = channel(client);
            Fallback fallback = client.fallback();
            if (fallback != null) {
                fallback.start();
            }
        }
    }

    @Override
    public Set<String> names() {
        return names;
    }
}
