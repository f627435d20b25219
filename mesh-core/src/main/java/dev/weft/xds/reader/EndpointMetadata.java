package dev.weft.xds.reader;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is said of an endpoint beside its address, in the flat form of {@link dev.weft.config.Endpoint#metadata}. */
final class EndpointMetadata {
    private EndpointMetadata() {}

    static Map<String, String> read(Metadata found) {
        if (found.getFilterMetadataCount() == 0) {
            return Map.of();
        }
        Map<String, String> flat = new LinkedHashMap<>();
        put(flat, "tlsMode", found, "envoy.transport_socket_match", "tlsMode");
        put(flat, "hash_key", found, "envoy.lb", "hash_key");
        put(flat, "workload", found, "istio", "workload");
        Struct weft = found.getFilterMetadataOrDefault("dev.weft", Struct.getDefaultInstance());
        weft.getFieldsMap().forEach((key, value) -> {
            if (value.getKindCase() == Value.KindCase.STRUCT_VALUE) {
                value.getStructValue().getFieldsMap().forEach((name, label) -> putText(flat, "label:" + name, label));
            } else {
                putText(flat, key.equals("instance") ? key : "label:" + key, value);
            }
        });
        return flat;
    }

    private static void put(Map<String, String> flat, String name, Metadata found, String filter, String key) {
        Struct struct = found.getFilterMetadataOrDefault(filter, Struct.getDefaultInstance());
        Value value = struct.getFieldsMap().get(key);
        if (value != null) {
            putText(flat, name, value);
        }
    }

    private static void putText(Map<String, String> flat, String name, Value value) {
        if (value.getKindCase() == Value.KindCase.STRING_VALUE) {
            flat.put(name, value.getStringValue());
        }
    }
}
