package dev.weft;

import java.util.ArrayList;
import java.util.List;

/** How it stands with a mesh: in which state it is, and what it lacks. Thread-safe. */
final class Standing {
    private final Feed feed;
    private final IdentityStatus identity;
    private final ControlPlane controlPlane;
    private final Closing closing;

    // Written once, by who drains first; read by anybody.
    private volatile boolean draining;

    Standing(Feed feed, IdentityStatus identity, ControlPlane controlPlane, Closing closing) {
        this.feed = feed;
        this.identity = identity;
        this.controlPlane = controlPlane;
        this.closing = closing;
    }

    void drains() {
        draining = true;
    }

    MeshState state() {
        if (closing.closed()) {
            return MeshState.CLOSED;
        }
        if (draining) {
            return MeshState.DRAINING;
        }
        if (!feed.serving() || !identity.complete()) {
            return MeshState.STARTING;
        }
        return controlPlane.status().connected() ? MeshState.READY : MeshState.STALE;
    }

    /** Why it is still starting, for people; empty if it is not. */
    String missing() {
        List<String> parts = new ArrayList<>();
        if (!feed.serving()) {
            parts.add("configuration: " + feed.missing());
        }
        if (!identity.complete()) {
            parts.add("identity: " + identity.missing());
        }
        return String.join("; ", parts);
    }
}
