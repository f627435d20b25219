package dev.weft.grpc.target;

import dev.weft.request.Authority;
import java.net.URI;

/** How names stand in gRPC's targets. */
final class TargetNames {
    static final String SCHEME = "mesh";
    private static final String PREFIX = SCHEME + ":///";

    private TargetNames() {}

    /** The target of a name with an optional port. */
    static String target(String authority) {
        return PREFIX + checked(authority, authority, "a name of the mesh", "reviews:9090");
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
        return checked(
                named ? path.substring(1) : "", target.toString(), "a target of the mesh", PREFIX + "reviews:9090");
    }

    private static String checked(String authority, String written, String what, String example) {
        boolean odd = authority.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || "/?#@\\".indexOf(c) >= 0);
        if (odd || Authority.host(authority).isEmpty() || !hasUsablePort(authority)) {
            throw new IllegalArgumentException(
                    "'" + written + "' is not " + what + "; one like " + example + " was expected");
        }
        return authority;
    }

    private static boolean hasUsablePort(String authority) {
        int colon = authority.lastIndexOf(':');
        if (colon < authority.lastIndexOf(']') || colon < 0) {
            return true;
        }
        String port = authority.substring(colon + 1);
        return port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65_535;
    }
}
