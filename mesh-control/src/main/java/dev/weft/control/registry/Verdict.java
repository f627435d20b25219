package dev.weft.control.registry;

/** What the registry says to an instance's word. */
public enum Verdict {
    /** It counts. */
    ACCEPTED,
    /** A later epoch or connection has spoken for this instance; nothing was changed. */
    OUTDATED,
    /** The instance, or its service, belongs to somebody who proved it, and this one did not; nothing was changed. */
    FOREIGN
}
