package dev.weft.controlplane;

import dev.weft.identity.PeerRefusedException;
import io.grpc.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a call, for people. What the other side says is bounded, and cannot forge a line of a log. */
public final class FailureWords {
    private static final int MAX = 300;
    /** A handshake's failure lies a few causes deep; a chain of causes may be a circle. */
    private static final int DEPTH = 10;

    private FailureWords() {}

    /** {@code UNAVAILABLE io exception (Connection refused: localhost/127.0.0.1:15012)}, or the check that a peer did not pass. */
    public static String of(Status status) {
        PeerRefusedException refused = refusal(status);
        if (refused != null) {
            return String.valueOf(refused.getMessage());
        }
        Throwable cause = status.getCause();
        String description = status.getDescription() == null ? "" : " " + shown(status.getDescription());
        return status.getCode()
                + description
                + (cause == null || cause.getMessage() == null ? "" : " (" + shown(cause.getMessage()) + ")");
    }

    /** One side did not trust the other. */
    public static boolean mistrust(Status status) {
        return refusal(status) != null || cause(status, SSLException.class) != null;
    }

    private static @Nullable PeerRefusedException refusal(Status status) {
        return cause(status, PeerRefusedException.class);
    }

    private static <T> @Nullable T cause(Status status, Class<T> type) {
        Throwable cause = status.getCause();
        for (int i = 0; i < DEPTH && cause != null; i++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX); i++) {
            char c = text.charAt(i);
            shown.append(c < ' ' || c == 0x7f || c > 0x7e && c < 0xa0 ? ' ' : c);
        }
        return text.length() > MAX ? shown.append("...").toString() : shown.toString();
    }
}
