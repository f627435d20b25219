package dev.weft.http.tls;

import dev.weft.tls.Proof;
import dev.weft.tls.ServerCheck;
import dev.weft.tls.ServerName;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Encrypts the connections of one setting. Safe for use from any thread. */
public final class ClientContext {
    private final SslContext context;
    private final ServerCheck check;

    ClientContext(SslContext context, ServerCheck check) {
        this.context = context;
        this.check = check;
    }

    /**
     * For one connection.
     *
     * @param name of the server, for SNI and where its certificate has to bear it
     * @param shown also by SNI, unless it is an IP literal
     * @param port of the server
     * @throws SSLException if the name cannot be sent
     */
    public SslHandler handler(ByteBufAllocator buffers, String name, boolean shown, int port) throws SSLException {
        SslHandler handler = context.newHandler(buffers, name, port);
        ServerName sni = shown ? ServerName.of(name) : null;
        if (sni != null) {
            Sni.show(handler.engine(), sni);
        }
        return handler;
    }

    /** Why the server of a finished handshake is not the one that was meant, or null. */
    public @Nullable String refusal(SSLSession session) {
        return check.refusal(session);
    }

    /** How long what was proved in a finished handshake holds. */
    public Proof proof(SSLSession session) {
        return check.proof(session);
    }
}
