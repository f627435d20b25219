package dev.weft.http.spring.reactive;

import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import dev.weft.http.call.StaticType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wraps Spring's WebClient, its builder and ClientHttpConnector. Found by {@link java.util.ServiceLoader}, also where there is no
 * Spring.
 */
public final class WebClientAdapter implements MeshAdapter {
    private static final List<String> TYPES = List.of(
            "org.springframework.web.reactive.function.client.WebClient",
            "org.springframework.web.reactive.function.client.WebClient$Builder",
            "org.springframework.http.client.reactive.ClientHttpConnector");

    /** For the service loader. */
    public WebClientAdapter() {}

    @Override
    public String name() {
        return "Spring WebClient and ClientHttpConnector";
    }

    @Override
    public @Nullable Object wrap(Mesh mesh, Object client) {
        // By name: to touch the types themselves would need the library.
        return TYPES.stream().anyMatch(type -> StaticType.isA(client, type)) ? WebClients.wrapped(mesh, client) : null;
    }
}
