package dev.weft.control.translate;

import com.google.protobuf.Message;
import dev.weft.config.ConfigProblem;
import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a view that somebody has asked for. Any thread; a resource may be made twice when two ask at once, equally.
 */
final class Shelf {
    private final @Nullable Checks checks;
    private final Map<ResourceType, Map<String, Made>> made = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, Map<String, Made>> earlier = new EnumMap<>(ResourceType.class);

    /**
     * Begins empty.
     *
     * @param checks null where no client of ours reads the resources
     * @param before shelf of the last view that followed the same rules, or null
     */
    Shelf(@Nullable Checks checks, @Nullable Shelf before) {
        this.checks = checks;
        for (ResourceType type : ResourceType.values()) {
            made.put(type, new ConcurrentHashMap<>());
            // What was not asked for in the view before is taken from the one before that: clients come back.
            Map<String, Made> known = new ConcurrentHashMap<>();
            if (before != null) {
                known.putAll(before.earlier.getOrDefault(type, Map.of()));
                known.putAll(before.made.getOrDefault(type, Map.of()));
            }
            earlier.put(type, known);
        }
    }

    /** @param input what it was made from, beside the rules */
    private record Made(Object input, Resource resource) {}

    /**
     * The resource; made if need be, null if the maker has none or a client would refuse it. What was made from the same input in
     * the view before is taken from there.
     */
    @Nullable
    Resource take(ResourceType type, String name, Object input, Supplier<? extends @Nullable Message> maker) {
        Map<String, Made> shelf = made.getOrDefault(type, Map.of());
        Made known = shelf.get(name);
        if (known != null) {
            return known.resource;
        }
        Made before = earlier.getOrDefault(type, Map.of()).remove(name);
        if (before == null || before.input != input) {
            Message message = maker.get();
            Resource resource = message == null ? null : made(type, name, message);
            if (resource == null) {
                // Not kept: the names of what is not there are without end.
                return null;
            }
            before = new Made(input, resource);
        }
        shelf.put(name, before);
        return before.resource;
    }

    /** Says why there is no such resource. */
    void refuse(ConfigProblem problem) {
        if (checks != null) {
            checks.report(problem);
        }
    }

    private @Nullable Resource made(ResourceType type, String name, Message message) {
        Resource resource = Resource.of(name, message);
        return checks == null ? resource : checks.checked(type, resource, message);
    }
}
