package dev.weft.control.ads;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What changed between two wildcard maps. Computed once and shared by all streams that go the same way. */
final class WildcardDelta {
    private final List<Resource> changed;
    private final List<String> removed;

    /** Guarded by this; most deltas are never sent by a state-of-the-world stream, and some by no delta stream. */
    private @Nullable ByteString encoded;

    private WildcardDelta(List<Resource> changed, List<String> removed) {
        this.changed = List.copyOf(changed);
        this.removed = List.copyOf(removed);
    }

    static WildcardDelta between(Map<String, Resource> from, Map<String, Resource> to) {
        List<Resource> changed = new ArrayList<>();
        for (Resource now : to.values()) {
            Resource before = from.get(now.name());
            if (before != now && (before == null || !before.version().equals(now.version()))) {
                changed.add(now);
            }
        }
        List<String> removed = new ArrayList<>();
        for (String name : from.keySet()) {
            if (!to.containsKey(name)) {
                removed.add(name);
            }
        }
        return new WildcardDelta(changed, removed);
    }

    /** New or different resources. */
    List<Resource> changed() {
        return changed;
    }

    /** Names that are no longer there. */
    List<String> removed() {
        return removed;
    }

    synchronized ByteString encoded(Function<Resource, ByteString> field) {
        if (encoded == null) {
            List<ByteString> fields = new ArrayList<>(changed.size());
            changed.forEach(resource -> fields.add(field.apply(resource)));
            encoded = ByteString.copyFrom(fields);
        }
        return encoded;
    }
}
