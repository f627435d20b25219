package dev.weft.grpc.link;

import dev.weft.engine.Attempt.Failure;
import io.grpc.Status;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a transport's word about a failed dial means. */
final class LinkFailures {
    // Names may be chained to themselves by careless code; no real chain is as long.
    private static final int DEPTH = 20;

    private LinkFailures() {}

    /** What the negotiator of the mesh says, or null: the failure is not its own. */
    static @Nullable LinkFailedException named(Status status) {
        return find(status, LinkFailedException.class);
    }

    static Failure kind(Status status) {
        LinkFailedException named = named(status);
        if (named != null) {
            return named.failure();
        }
        boolean tls = find(status, SSLException.class) != null || find(status, GeneralSecurityException.class) != null;
        return tls ? Failure.TLS : Failure.CONNECT;
    }

    /** The innermost reason that says anything; what is around it repeats it or says less. */
    static String words(Status status) {
        LinkFailedException named = named(status);
        if (named != null) {
            return String.valueOf(named.getMessage());
        }
        Throwable cause = status.getCause();
        String words = status.getDescription() == null ? status.getCode().toString() : status.getDescription();
        for (int i = 0; i < DEPTH && cause != null; i++, cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                words = cause.getMessage();
            }
        }
        return words;
    }

    private static <T extends Throwable> @Nullable T find(Status status, Class<T> kind) {
        Throwable cause = status.getCause();
        for (int i = 0; i < DEPTH && cause != null; i++, cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }
}
