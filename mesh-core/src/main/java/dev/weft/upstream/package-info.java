/**
 * What was seen: live hosts and their state. In: what the control plane says about endpoints, and ejections. Out: immutable
 * {@link dev.weft.upstream.HostSets} by priority and health. State survives snapshot swaps: a {@link dev.weft.upstream.Host} is
 * the same object as long as its cluster and address stay. Written by the control thread, by the timer's thread (ejections)
 * and by counters on the request path; read by everybody.
 */
@NullMarked
package dev.weft.upstream;

import org.jspecify.annotations.NullMarked;
