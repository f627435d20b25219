package dev.weft.http.jdk;

import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import dev.weft.http.call.Outbound;
import dev.weft.http.call.StaticType;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wraps {@link HttpClient}. Found by {@link java.util.ServiceLoader}. */
public final class JdkClientAdapter implements MeshAdapter {
    private static final Logger log = LoggerFactory.getLogger(JdkClientAdapter.class);

    /** For the service loader. */
    public JdkClientAdapter() {}

    @Override
    public String name() {
        return "JDK HttpClient";
    }

    @Override
    public @Nullable Object wrap(Mesh mesh, Object client) {
        if (client instanceof MeshedHttpClient meshed) {
            return meshed.isOf(mesh) ? meshed : new MeshedHttpClient(mesh, Outbound.of(mesh), meshed.outside());
        }
        if (client instanceof HttpClient jdk && StaticType.isReplaceable(jdk, "java.net.http")) {
            if (jdk.authenticator().isPresent()) {
                log.warn(
                        "the authenticator of a wrapped HttpClient is not asked for hosts of the mesh: they answer 401 to"
                                + " the caller");
            }
            return new MeshedHttpClient(mesh, Outbound.of(mesh), jdk);
        }
        return null;
    }
}
