package dev.weft.http.call;

import dev.weft.Mesh;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A mesh that is there, for adapters of clients that may be built before theirs. Equal for the same mesh, so that nothing is wrapped twice. */
public record FixedMesh(Mesh mesh) implements Supplier<@Nullable Mesh> {
    @Override
    public Mesh get() {
        return mesh;
    }
}
