/**
 * Decides offline about one request: the configuration is translated as for a real client, read with the client's own readers and
 * judged by the library's own router. In: accepted resources and a request. Out: an {@link dev.weft.control.explain.Explained}.
 * One thread.
 */
@NullMarked
package dev.weft.control.explain;

import org.jspecify.annotations.NullMarked;
