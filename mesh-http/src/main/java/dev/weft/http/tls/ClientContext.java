package dev.weft.http.tls;

import dev.weft.config.UpstreamTls;
import dev.weft.config.UpstreamTls.Mode;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Encrypts the connections of one setting. Safe for use from any thread. */
public final class ClientContext {
    private final SslContext context;
    private final UpstreamTls tls;
    private final IdentitySource identity;

    ClientContext(SslContext context, UpstreamTls tls, IdentitySource identity) {
        this.context = context;
        this.tls = tls;
        this.identity = identity;
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
        if (shown) {
            ServerName.show(handler.engine(), name);
        }
        return handler;
    }

    /**
     * Whether a handshake may have ended because the server's TLS cannot read the name it was shown. The JDK's takes no underscores,
     * so that a server on it refuses every name that Istio makes, by an alert or (HttpsServer) without a word; what it proves
     * about itself does not depend on the name.
     */
    public static boolean nameWasUnreadable(String name, Throwable failure) {
        if (name.indexOf('_') < 0) {
            return false;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            boolean closed = cause instanceof IOException && !(cause instanceof SSLException);
            if (closed || message.contains("illegal_parameter") || message.contains("connection closed")) {
                return true;
            }
        }
        return false;
    }

    /** Why the server of a finished handshake is not the one that was meant, or null. */
    public @Nullable String refusal(SSLSession session) {
        if (tls.mode() == Mode.ISTIO_MUTUAL || tls.subjectAltNames().isEmpty()) {
            return null;
        }
        return SubjectAltNames.mismatch(tls.subjectAltNames(), session);
    }

    /** How long what was proved in a finished handshake holds. */
    public Proof proof(SSLSession session) {
        if (tls.mode() == Mode.SIMPLE) {
            return Proof.WITHOUT_END;
        }
        long peer = Long.MAX_VALUE;
        if (tls.mode() == Mode.ISTIO_MUTUAL) {
            try {
                peer = earliestEnd(session.getPeerCertificates());
            } catch (SSLPeerUnverifiedException e) {
                // No handshake with the mesh's managers ends well without a certificate; if one did, it proved nothing.
                peer = 0;
            }
        }
        return new Proof(own(session), peer);
    }

    private long own(SSLSession session) {
        long end = earliestEnd(session.getLocalCertificates());
        if (end != Long.MAX_VALUE || tls.mode() != Mode.ISTIO_MUTUAL) {
            return end;
        }
        // The server did not ask for it.
        Identity current = identity.current();
        return current == null ? 0 : current.svid().expiry().toEpochMilli();
    }

    private static long earliestEnd(Certificate @Nullable [] chain) {
        long end = Long.MAX_VALUE;
        if (chain != null) {
            for (Certificate certificate : chain) {
                if (certificate instanceof X509Certificate x509) {
                    end = Math.min(end, x509.getNotAfter().getTime());
                }
            }
        }
        return end;
    }

    /**
     * Until when a connection may be used, in milliseconds since the Unix epoch.
     *
     * @param own end of our certificate: the connection ends then, whatever it carries
     * @param peer end of the server's: no request begins after it
     */
    public record Proof(long own, long peer) {
        public static final Proof WITHOUT_END = new Proof(Long.MAX_VALUE, Long.MAX_VALUE);
    }
}
