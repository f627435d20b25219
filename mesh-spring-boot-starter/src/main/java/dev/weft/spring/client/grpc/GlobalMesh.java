package dev.weft.spring.client.grpc;

import dev.weft.Mesh;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the application's mesh the one that bare {@code mesh:///} targets mean, in channels that no factory of Spring's makes. A JVM with
 * several applications, such as one that runs tests, has one of them for that.
 */
final class GlobalMesh {
    private static final Logger log = LoggerFactory.getLogger(GlobalMesh.class);

    GlobalMesh(Mesh mesh) {
        try {
            mesh.makeGlobal();
        } catch (IllegalStateException another) {
            log.debug("channels to mesh:/// that Spring does not make are another mesh's: {}", another.getMessage());
        }
    }
}
