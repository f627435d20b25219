package dev.weft.grpc.tls;

import dev.weft.Mesh;
import dev.weft.config.UpstreamTls;
import dev.weft.grpc.link.LinkTls;
import dev.weft.tls.ClientCertificates;
import dev.weft.tls.JvmTrust;
import dev.weft.tls.NamelessServers;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What connections of gRPC channels show and believe, for all channels of one mesh and whatever transport carries them. */
public final class MeshCertificates implements LinkTls, AutoCloseable {
    private final ThreadPoolExecutor blocking;
    private final ClientCertificates certificates;
    private final JvmTrust trust = new JvmTrust();
    private final NamelessServers nameless = new NamelessServers();

    private MeshCertificates(Mesh mesh) {
        // Files are small and seldom read: one thread, gone when there is nothing to read.
        blocking = new ThreadPoolExecutor(0, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "weft-grpc-files");
            thread.setDaemon(true);
            return thread;
        });
        certificates = new ClientCertificates(mesh.world(), blocking, mesh.identity());
    }

    /** The mesh's one; closed with it. */
    public static MeshCertificates of(Mesh mesh) {
        return mesh.shared(MeshCertificates.class, MeshCertificates::new);
    }

    @Override
    public long epoch(@Nullable UpstreamTls tls) {
        return certificates.epoch(tls);
    }

    @Override
    public Runnable onChange(Runnable listener) {
        return certificates.onChange(listener);
    }

    public ClientCertificates certificates() {
        return certificates;
    }

    /** Whom to believe where neither mesh nor files say it. */
    public JvmTrust trust() {
        return trust;
    }

    public NamelessServers nameless() {
        return nameless;
    }

    /** Where files are read, which event loops must not wait for. Takes nothing more once the mesh is closed. */
    public Executor blocking() {
        return blocking;
    }

    @Override
    public void close() {
        certificates.close();
        blocking.shutdown();
    }
}
