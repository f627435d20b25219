package dev.weft.samples.bookinfo.launch;

import java.nio.file.Path;
import java.util.Map;

/**
 * How the services get their first certificate without anybody handling one: {@code mesh-control serve} writes a token that only its
 * own user may read, and a service that can read it is believed, on this machine only. Usually that file is {@code ~/.weft/token}, and
 * nothing has to be said; the sample's lies with its logs, so that it is in nobody's way.
 */
final class Credentials {
    private Credentials() {}

    /** The token's file. */
    static Path token(Path run) {
        return run.resolve("token");
    }

    /** The file by which its own user may ask the control plane through {@code meshctl}. */
    static Path operator(Path run) {
        return run.resolve("operator");
    }

    /** For the environment of a service. */
    static Map<String, String> of(Path run) {
        return Map.of(
                "MESH_LOCAL_TOKEN_FILE",
                token(run).toString(),
                // A restart while the control plane is away goes on with the certificate that it had; without this it
                // waits.
                "MESH_TRUST_CACHE",
                "true");
    }
}
