package dev.weft;

/** Where a mesh is in its life. */
public enum MeshState {
    /**
     * No configuration in force, none has come yet or the last one is older than the application wants; or no identity, where there is
     * to be one: none has come yet, or it has expired.
     */
    STARTING,
    /** Configured, and the control plane is there. */
    READY,
    /** Configured by an earlier word of a control plane that is not there now; calls are served as before. */
    STALE,
    /** Leaving: calls in flight end, new ones still work. */
    DRAINING,
    /** Over: new calls are refused. */
    CLOSED
}
