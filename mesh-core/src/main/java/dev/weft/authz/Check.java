package dev.weft.authz;

/** A condition made ready. Immutable. */
@FunctionalInterface
interface Check {
    /**
     * @param path of the request without its query, in the spelling that is judged
     * @throws IllegalStateException if it cannot be told, because something about the request is unknown
     */
    boolean holds(Arrival arrival, String path);
}
