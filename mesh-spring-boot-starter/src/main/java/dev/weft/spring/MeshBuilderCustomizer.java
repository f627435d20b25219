package dev.weft.spring;

import dev.weft.Mesh;

/**
 * A bean of this type has a say before the application's mesh starts: for what properties cannot say, as {@code snapshots} in a test.
 * What it writes wins over properties. Several are asked in their order.
 */
@FunctionalInterface
public interface MeshBuilderCustomizer {

    /** Changes the builder; does not start it. */
    void customize(Mesh.Builder builder);
}
