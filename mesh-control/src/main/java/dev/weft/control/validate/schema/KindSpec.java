package dev.weft.control.validate.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of resource.
 *
 * @param name as in {@code VirtualService}; its {@code spec} is the message of the same name
 * @param group API group, empty for the mesh configuration, which is a file and no resource
 * @param versions that are understood; all have the same fields
 * @param unsupported why an in-process mesh does not honour the kind, or null: it does
 */
public record KindSpec(
        String name,
        String group,
        List<String> versions,
        @Nullable String unsupported) {
    public KindSpec {
        versions = List.copyOf(versions);
    }
}
