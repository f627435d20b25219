package dev.weft.tls;

import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** What stands behind the exceptions that handshakes end with, which are wrapped by every layer between the check and the connection. */
public final class HandshakeFailure {
    private HandshakeFailure() {}

    /** The check that refused the peer; the exceptions around it say only that something did. Else what the failure itself says. */
    public static String words(Throwable failure) {
        Throwable refusal = reason(failure, CertificateException.class);
        Throwable telling = refusal == null ? failure : refusal;
        if (telling instanceof ClosedChannelException) {
            return "closed by the other side within the TLS handshake";
        }
        return telling.getMessage() == null ? telling.getClass().getSimpleName() : telling.getMessage();
    }

    /** The outermost cause of this kind, or null. */
    public static <T extends Throwable> @Nullable T reason(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }
}
