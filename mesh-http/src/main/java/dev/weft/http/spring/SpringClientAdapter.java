package dev.weft.http.spring;

import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import dev.weft.http.call.StaticType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wraps Spring's RestClient and its builder, RestTemplate and ClientHttpRequestFactory. Found by {@link java.util.ServiceLoader},
 * also where there is no Spring.
 */
public final class SpringClientAdapter implements MeshAdapter {
    private static final List<String> TYPES = List.of(
            "org.springframework.web.client.RestClient",
            "org.springframework.web.client.RestClient$Builder",
            "org.springframework.web.client.RestTemplate",
            "org.springframework.http.client.ClientHttpRequestFactory");

    /** For the service loader. */
    public SpringClientAdapter() {}

    @Override
    public String name() {
        return "Spring RestClient, RestTemplate and ClientHttpRequestFactory";
    }

    @Override
    public @Nullable Object wrap(Mesh mesh, Object client) {
        // By name: to touch the types themselves would need the library.
        return TYPES.stream().anyMatch(type -> StaticType.isA(client, type))
                ? SpringClients.wrapped(mesh, client)
                : null;
    }
}
