package dev.weft.xds;

import com.google.protobuf.ByteString;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The accepted resources as they came, with their versions: what a reconnect tells and the disk keeps. Control thread only. */
final class AcceptedResources {
    private final Map<ResourceType, Map<String, Raw>> byType = new EnumMap<>(ResourceType.class);

    /**
     * @param version the control plane's, or empty
     * @param value the serialised message
     */
    record Raw(String version, ByteString value) {}

    AcceptedResources() {
        for (ResourceType type : ResourceType.values()) {
            byType.put(type, new HashMap<>());
        }
    }

    void put(ResourceType type, String name, Raw raw) {
        of(type).put(name, raw);
    }

    void remove(ResourceType type, String name) {
        of(type).remove(name);
    }

    Set<String> names(ResourceType type) {
        return Set.copyOf(of(type).keySet());
    }

    boolean isEmpty() {
        return byType.values().stream().allMatch(Map::isEmpty);
    }

    /** Whether there is any that is not only kept for others. */
    boolean anyRead() {
        return byType.values().stream()
                .anyMatch(resources -> resources.keySet().stream().anyMatch(name -> !StockNames.is(name)));
    }

    /** Versions by name, of these names or of all; a resource whose version is unknown has an empty one. */
    Map<String, String> versions(ResourceType type, Set<String> names) {
        Map<String, String> versions = new HashMap<>();
        of(type).forEach((name, raw) -> {
            if (names.contains(name)) {
                versions.put(name, raw.version());
            }
        });
        return versions;
    }

    /** A copy that another thread may read. */
    Map<ResourceType, Map<String, Raw>> copy() {
        Map<ResourceType, Map<String, Raw>> copy = new EnumMap<>(ResourceType.class);
        byType.forEach((type, resources) -> copy.put(type, Map.copyOf(resources)));
        return copy;
    }

    private Map<String, Raw> of(ResourceType type) {
        Map<String, Raw> resources = byType.get(type);
        if (resources == null) {
            throw new IllegalStateException(type.name());
        }
        return resources;
    }
}
