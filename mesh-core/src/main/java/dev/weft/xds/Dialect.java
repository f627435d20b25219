package dev.weft.xds;

/** In which shape a control plane serves its resources. */
public enum Dialect {
    /** No answer yet. */
    UNKNOWN,
    /** mesh-control: an index of names by wildcard, everything else by name and on demand. */
    BY_NAME,
    /** istiod: listeners and clusters by wildcard, and what they name. */
    SIDECAR;

    /** How mesh-control calls itself. */
    private static final String MESH_CONTROL = "mesh-control";

    /** @param controlPlane the identifier in a response */
    static Dialect of(String controlPlane) {
        return controlPlane.startsWith(MESH_CONTROL) ? BY_NAME : SIDECAR;
    }
}
