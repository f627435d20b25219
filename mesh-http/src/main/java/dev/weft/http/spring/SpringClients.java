package dev.weft.http.spring;

import dev.weft.Mesh;
import dev.weft.http.call.FixedMesh;
import dev.weft.http.call.StaticType;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Puts Spring's blocking clients on a mesh that need not exist yet. What {@code mesh.wrap} and Spring Boot's auto-configuration have in
 * common. Safe for use from any thread.
 */
public final class SpringClients {
    private static final String CLIENT = "org.springframework.web.client.DefaultRestClient";

    // MockRestServiceServer's, on whose answers a test counts.
    private static final String MOCK = "org.springframework.test.web.client.";

    private final Supplier<@Nullable Mesh> mesh;

    private SpringClients(Supplier<@Nullable Mesh> mesh) {
        this.mesh = mesh;
    }

    /** @param mesh asked for each request; null: there is no mesh, and clients are as they were */
    public static SpringClients on(Supplier<@Nullable Mesh> mesh) {
        return new SpringClients(mesh);
    }

    /** A factory around the user's. */
    public ClientHttpRequestFactory wrap(ClientHttpRequestFactory factory) {
        return wrap(factory, KnownSettings.NONE);
    }

    /**
     * A factory around the user's. What a test has put in the place of a factory stays in charge.
     *
     * @param known of the factory, besides what it says itself if it is one of Spring's
     */
    public ClientHttpRequestFactory wrap(ClientHttpRequestFactory factory, KnownSettings known) {
        return factory.getClass().getName().startsWith(MOCK)
                ? factory
                : MeshClientHttpRequestFactory.of(mesh, factory, known);
    }

    /**
     * A copy of the client with the mesh before its factory; the client itself if it has that already.
     *
     * @throws IllegalArgumentException if the client is not one of Spring's own
     */
    public RestClient wrap(RestClient client) {
        ClientHttpRequestFactory factory = factoryOf(client);
        ClientHttpRequestFactory meshed = wrap(factory);
        return meshed == factory
                ? client
                : client.mutate().requestFactory(meshed).build();
    }

    /** A builder of the same settings whose clients are on the mesh, whatever factory it is given afterwards. */
    public RestClient.Builder wrap(RestClient.Builder builder) {
        return MeshedBuilder.of(RestClient.Builder.class, RestClient.class, this::wrap, builder);
    }

    /** Puts the mesh before the factory that the builder has now. For builders that are not ours to replace. */
    public void configure(RestClient.Builder builder) {
        builder.requestFactory(wrap(factoryOf(builder.clone().build())));
    }

    /** Puts the mesh before the template's factory, and below its interceptors. */
    public <T extends RestTemplate> T wrap(T template) {
        @Nullable ClientHttpRequestFactory factory = template.getRequestFactory();
        if (factory == null) {
            // A test's stand-in for a template.
            return template;
        }
        // With interceptors the template shows a factory of its own that runs them around the one that was set.
        if (!template.getInterceptors().isEmpty()
                && factory instanceof InterceptingClientHttpRequestFactory intercepting) {
            factory = intercepting.getDelegate();
        }
        template.setRequestFactory(wrap(factory));
        return template;
    }

    private static ClientHttpRequestFactory factoryOf(RestClient client) {
        if (PrivateField.of(client, CLIENT, "clientRequestFactory") instanceof ClientHttpRequestFactory factory) {
            return factory;
        }
        throw new IllegalArgumentException(
                "the request factory of a " + client.getClass().getName()
                        + " is not known: build the client with"
                        + " .requestFactory(mesh.wrap(ClientHttpRequestFactoryBuilder.detect().build())) instead of wrapping it");
    }

    /** Spring's own client of either kind, or null: it belongs to somebody else, whose type we could not give back. */
    static @Nullable Object wrapped(Mesh mesh, Object client) {
        SpringClients clients = on(new FixedMesh(mesh));
        if (client instanceof RestClient rest) {
            return clients.wrap(rest);
        }
        if (client instanceof RestClient.Builder builder && isReplaceable(builder)) {
            return clients.wrap(builder);
        }
        if (client instanceof RestTemplate template) {
            return clients.wrap(template);
        }
        return client instanceof ClientHttpRequestFactory factory && isReplaceable(factory)
                ? clients.wrap(factory)
                : null;
    }

    /**
     * Spring's factories are held by the interface and so are lambdas and classes that nobody else can name; a public class of the
     * user's could be the type of the variable.
     */
    private static boolean isReplaceable(ClientHttpRequestFactory factory) {
        Class<?> type = factory.getClass();
        return factory instanceof MeshClientHttpRequestFactory
                || !Modifier.isPublic(type.getModifiers())
                || List.of("org.springframework.http.client", "org.springframework.boot.http.client")
                        .contains(type.getPackageName());
    }

    /** A public class of the user's could be the type of the variable; a proxy's cannot be named. */
    private static boolean isReplaceable(RestClient.Builder builder) {
        return Proxy.isProxyClass(builder.getClass()) || StaticType.isReplaceable(builder, "");
    }
}
