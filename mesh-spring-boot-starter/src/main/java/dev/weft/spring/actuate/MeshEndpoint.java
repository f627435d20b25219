package dev.weft.spring.actuate;

import dev.weft.Mesh;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * {@code /actuator/mesh}, and below it {@code routes}, {@code upstreams}, {@code upstreams/<host>} and {@code
 * explain?url=...&method=...&header=name:value}.
 */
@Endpoint(id = "mesh")
public final class MeshEndpoint {
    private final Mesh mesh;

    public MeshEndpoint(Mesh mesh) {
        this.mesh = mesh;
    }

    /** Who we are, what is in force, and how it stands with those we call. */
    @ReadOperation
    public MeshDescription mesh() {
        return MeshDescription.of(mesh);
    }

    /**
     * A part of it; null, which is 404, for others.
     *
     * @param part {@code routes}, {@code upstreams}, {@code explain}
     * @param method for explain; GET unless said
     * @param url for explain, where it is required
     * @param header for explain: {@code name:value}; repeatable
     */
    @ReadOperation
    public @Nullable Object part(
            @Selector String part, @Nullable String method, @Nullable String url, @Nullable Object header) {
        return switch (part) {
            case "routes" -> mesh.routes();
            case "upstreams" ->
                mesh.upstreams().stream().map(UpstreamDescription::of).toList();
            case "explain" -> explain(method == null ? "GET" : method, url, header);
            default -> null;
        };
    }

    /**
     * The clusters of a host, each with its hosts; null, which is 404, if none of that name is known.
     *
     * @param part {@code upstreams}
     * @param name of a service, as short as it is unique here: {@code reviews}
     */
    @ReadOperation
    public @Nullable List<UpstreamDescription> named(@Selector String part, @Selector String name) {
        if (!part.equals("upstreams")) {
            return null;
        }
        List<UpstreamDescription> found = mesh.upstreams().stream()
                .filter(upstream -> name.equals(upstream.service().name())
                        || name.equals(upstream.service().host())
                        || name.equals(upstream.cluster()))
                .map(UpstreamDescription::withHosts)
                .toList();
        return found.isEmpty() ? null : found;
    }

    private Object explain(String method, @Nullable String url, @Nullable Object header) {
        if (url == null) {
            return refused("url is missing; say which: explain?url=http://reviews/1");
        }
        try {
            return mesh.explain(method, url, headers(header));
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    /** Boot shows nobody the reason of an exception, unless told to. */
    private static WebEndpointResponse<Map<String, String>> refused(String problem) {
        return new WebEndpointResponse<>(Map.of("problem", problem), WebEndpointResponse.STATUS_BAD_REQUEST);
    }

    /** Of one parameter there is one text, of several a collection. */
    private static Map<String, String> headers(@Nullable Object given) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (given instanceof Collection<?> several) {
            several.forEach(one -> add(headers, String.valueOf(one)));
        } else if (given != null) {
            add(headers, String.valueOf(given));
        }
        return headers;
    }

    private static void add(Map<String, String> headers, String header) {
        int colon = header.indexOf(':', 1);
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "header `" + header + "`: name:value was expected, as in header=end-user:jason");
        }
        headers.merge(
                header.substring(0, colon).strip(), header.substring(colon + 1).strip(), (a, b) -> a + "," + b);
    }
}
