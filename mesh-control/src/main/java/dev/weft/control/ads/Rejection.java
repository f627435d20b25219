package dev.weft.control.ads;

import org.jspecify.annotations.Nullable;

/**
 * A resource that a client refused, kept until it accepts another version.
 *
 * @param resource what was refused; this version is not pushed again
 * @param previous what the client holds in its place, or null if nothing
 * @param message the client's words
 * @param atMillis when, since the Unix epoch
 */
record Rejection(Resource resource, @Nullable Resource previous, String message, long atMillis) {}
