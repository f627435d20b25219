package dev.weft.testing;

/** {@code assertThat(mesh.get("http://reviews/1")).goesTo("reviews", "v2")}. */
public final class MeshAssertions {
    private MeshAssertions() {}

    public static PolicyAssert assertThat(PolicyRequest request) {
        return new PolicyAssert(request);
    }
}
