package dev.weft.control.validate.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of kinds and messages.
 *
 * @param kinds by name, in the order they are documented
 * @param messages by name
 */
public record Schema(Map<String, KindSpec> kinds, Map<String, MessageSpec> messages) {
    /** What Weft knows of Istio. */
    public static final Schema ISTIO = load();

    /** Kinds that decide who may call whom: a field of theirs that is not honoured must not be passed over. */
    private static final List<String> SECURITY =
            List.of("AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication");

    public Schema {
        kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
        messages = Collections.unmodifiableMap(new LinkedHashMap<>(messages));
    }

    public @Nullable KindSpec kind(String name) {
        return kinds.get(name);
    }

    /** The message of that name, which must exist. */
    public MessageSpec message(String name) {
        MessageSpec message = messages.get(name);
        if (message == null) {
            throw new IllegalArgumentException("the catalogue has no message " + name);
        }
        return message;
    }

    /** Whether ignoring part of such a resource would open a door. */
    public static boolean security(String kind) {
        return SECURITY.contains(kind);
    }

    private static Schema load() {
        SchemaReader reader = new SchemaReader();
        for (String file : List.of(
                "VirtualService",
                "DestinationRule",
                "ServiceEntry",
                "WorkloadEntry",
                "Sidecar",
                "WorkloadGroup",
                "Gateway",
                "AuthorizationPolicy",
                "PeerAuthentication",
                "RequestAuthentication",
                "Telemetry",
                "EnvoyFilter",
                "ProxyConfig",
                "WasmPlugin",
                "TrafficExtension",
                "MeshConfig",
                "shared")) {
            reader.read(file, text(file + ".fields"));
        }
        return reader.schema();
    }

    private static String text(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
