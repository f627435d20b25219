package dev.weft.grpc.bridge;

import dev.weft.Mesh;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds stock grpc-xds from a mesh: {@code xds:///reviews:9090} channels and {@code XdsServerBuilder} servers of the whole process then get
 * configuration over the mesh's one stream, start from what it keeps on disk, and use its identity where the control plane demands mutual
 * TLS. What they do with it is grpc-xds' affair: it knows fewer policies than {@code MeshChannel}.
 *
 * <pre>{@code
 * MeshXdsBridge.install(mesh);
 * var channel = Grpc.newChannelBuilder("xds:///reviews:9090", XdsChannelCredentials.create(InsecureChannelCredentials.create())).build();
 * }</pre>
 *
 * <p>Experimental. grpc-xds reads its bootstrap once per process, so that the bridge has to be installed before the first channel or
 * server of the kind, and takes the place of {@code GRPC_XDS_BOOTSTRAP}.
 */
public final class MeshXdsBridge implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MeshXdsBridge.class);

    private static final AtomicReference<@Nullable MeshXdsBridge> INSTALLED = new AtomicReference<>();

    private final Mesh mesh;
    private final Bridge bridge;

    private MeshXdsBridge(Mesh mesh) {
        this.mesh = mesh;
        this.bridge = Bridge.open(mesh.stockResources(), mesh.identity(), new Log());
    }

    /**
     * Makes a mesh the control plane of every grpc-xds channel and server of this process, until {@link #close} or until the mesh is
     * closed. Installing the same mesh again returns the same bridge.
     *
     * @throws IllegalStateException if another mesh is installed, or if grpc-xds has read another bootstrap already
     * @throws dev.weft.MeshException.Closed if the mesh is closed
     */
    public static synchronized MeshXdsBridge install(Mesh mesh) {
        MeshXdsBridge before = INSTALLED.get();
        if (before != null && before.mesh != mesh) {
            throw new IllegalStateException("grpc-xds takes one control plane per process, and the bridge to "
                    + before.mesh.workload().service() + "'s mesh is installed: close it first");
        }
        if (before != null) {
            return before;
        }
        Part part = mesh.shared(Part.class, any -> new Part());
        MeshXdsBridge opened = new MeshXdsBridge(mesh);
        INSTALLED.set(opened);
        part.hold(opened);
        return opened;
    }

    /** Ends the bridge: channels and servers keep what they have, and what is asked from now on fails as with a control plane that is away. */
    @Override
    public void close() {
        bridge.close();
        INSTALLED.compareAndSet(this, null);
    }

    /** Among the parts of a mesh: ends the bridge with it. */
    private static final class Part implements AutoCloseable {
        // Both guarded by this, which is held together with no other lock of the bridge.
        private @Nullable MeshXdsBridge bridge;
        private boolean closed;

        synchronized void hold(MeshXdsBridge installed) {
            bridge = installed;
            if (closed) {
                installed.close();
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (bridge != null) {
                bridge.close();
            }
        }
    }

    private static final class Log implements Notices {
        @Override
        public void refused(String reason) {
            log.warn("grpc-xds refuses what the control plane serves, and keeps what it has: {}", reason);
        }

        @Override
        public void serving(String address, boolean mutualTls) {
            if (mutualTls) {
                log.info("the xDS server on {} takes mutual TLS only", address);
            } else {
                log.warn(
                        "the xDS server on {} takes plaintext only: grpc-xds cannot tell TLS from plaintext on one port, and no"
                                + " PeerAuthentication makes this one STRICT; tell the registry Encryption.PLAINTEXT, or make it STRICT",
                        address);
            }
        }
    }
}
