/**
 * What was seen: live hosts and their state. Survives snapshot swaps: a {@link dev.weft.upstream.Host} is the same object as long as its cluster and
 * address stay. Written by the control thread and by counters on the request path; read by everybody.
 */
@NullMarked
package dev.weft.upstream;

import org.jspecify.annotations.NullMarked;
