package dev.weft.http.kit.call;

import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param server who answered; empty if nobody did
 * @param flags response flags of a reply that the mesh made, null of any other
 * @param reason why the mesh replied, null of any other
 */
public record Ended(
        How how,
        String server,
        @Nullable String flags,
        @Nullable String reason) {

    /** In nobody's terms. */
    public enum How {
        ANSWERED,
        /** 503, UNAVAILABLE. */
        UNAVAILABLE,
        /** 504, DEADLINE_EXCEEDED. */
        TIMED_OUT,
        /** Anything else. */
        OTHERWISE
    }
}
