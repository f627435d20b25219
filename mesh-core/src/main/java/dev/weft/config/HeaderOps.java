package dev.weft.config;

import java.util.List;

/**
 * Changes to a head: removals first, then settings in order.
 *
 * @param set fields to write
 * @param remove lower-case names to remove
 */
public record HeaderOps(List<Setting> set, List<String> remove) {
    /** No change. */
    public static final HeaderOps NONE = new HeaderOps(List.of(), List.of());

    public HeaderOps {
        set = List.copyOf(set);
        remove = List.copyOf(remove);
    }

    public boolean isEmpty() {
        return set.isEmpty() && remove.isEmpty();
    }

    /** What happens when the field is there already. */
    public enum Action {
        APPEND,
        ADD_IF_ABSENT,
        OVERWRITE,
        OVERWRITE_IF_PRESENT
    }

    /**
     * One field to write.
     *
     * @param name lower case; {@code host} and {@code :authority} mean the authority
     * @param value may hold Envoy's {@code %REQ(name)%} formatters
     */
    public record Setting(String name, String value, Action action) {}
}
