package dev.weft.grpc.netty;

import dev.weft.Mesh;
import dev.weft.config.UpstreamTls;
import dev.weft.config.UpstreamTls.Mode;
import dev.weft.grpc.tls.MeshCertificates;
import dev.weft.tls.Alpn;
import dev.weft.tls.ClientContexts;
import dev.weft.tls.NamelessServers;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One mesh's contexts towards servers. Safe for use from any thread. */
final class LinkContexts implements AutoCloseable {
    private final MeshCertificates shared;
    private final ClientContexts<SslContext> contexts;

    /** @param openSsl else the JDK's TLS */
    LinkContexts(Mesh mesh, boolean openSsl) {
        shared = MeshCertificates.of(mesh);
        MeshContexts maker = new MeshContexts(mesh.identity(), mesh.world().ticker(), openSsl);
        contexts = new ClientContexts<>(
                shared.certificates(), (tls, alpn, loaded) -> maker.client(tls, alpn, loaded, shared.trust()));
    }

    static LinkContexts of(Mesh mesh) {
        return mesh.shared(LinkContexts.class, owner -> new LinkContexts(owner, OpenSsl.isAvailable()));
    }

    NamelessServers nameless() {
        return shared.nameless();
    }

    /** Tells of the context for a setting, or of why there is none; at once or, where files have to be read, later and from another thread. */
    void with(UpstreamTls tls, BiConsumer<@Nullable SslContext, @Nullable SSLException> then) {
        if (tls.mode() == Mode.ISTIO_MUTUAL) {
            find(tls, then);
            return;
        }
        try {
            shared.blocking().execute(() -> find(tls, then));
        } catch (RejectedExecutionException e) {
            then.accept(null, new SSLException("the mesh is closed", e));
        }
    }

    private void find(UpstreamTls tls, BiConsumer<@Nullable SslContext, @Nullable SSLException> then) {
        SslContext context;
        try {
            context = contexts.context(tls, Alpn.offer(tls, false, true));
        } catch (SSLException e) {
            then.accept(null, e);
            return;
        } catch (RuntimeException e) {
            then.accept(null, new SSLException(String.valueOf(e.getMessage()), e));
            return;
        }
        then.accept(context, null);
    }

    /** Contexts hold nothing that has to be given back. */
    @Override
    public void close() {}
}
