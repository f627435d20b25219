package dev.weft.grpc.target;

import java.net.URI;

/** How names stand in gRPC's targets. */
final class TargetNames {
    static final String SCHEME = "mesh";
    private static final String PREFIX = SCHEME + ":///";

    private TargetNames() {}

    /** The target of a name with an optional port. */
    static String target(String authority) {
        return PREFIX + checked(authority, authority);
    }

    /** Whether a target says by itself that it is the mesh's. */
    static boolean isMesh(String target) {
        return target.regionMatches(true, 0, SCHEME + ":", 0, SCHEME.length() + 1);
    }

    /**
     * The name with an optional port in a target of the mesh.
     *
     * @throws IllegalArgumentException if there is none
     */
    static String authority(URI target) {
        String path = target.getPath();
        boolean named = path != null && path.startsWith("/") && target.getRawAuthority() == null;
        return checked(named ? path.substring(1) : "", target.toString());
    }

    private static String checked(String authority, String written) {
        boolean odd = authority.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || "/?#@\\".indexOf(c) >= 0);
        if (authority.isEmpty() || odd) {
            throw new IllegalArgumentException(
                    "'" + written + "' is no target of the mesh; one like " + PREFIX + "reviews:9090 was expected");
        }
        return authority;
    }
}
