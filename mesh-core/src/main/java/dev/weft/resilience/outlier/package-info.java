/**
 * Takes hosts out of rotation for what they do, with Envoy's arithmetic. In: what became of each attempt. Out: ejections and
 * their end, on the timer's thread, written to the {@link dev.weft.upstream.Upstream}. Reporting an outcome takes no lock.
 */
@NullMarked
package dev.weft.resilience.outlier;

import org.jspecify.annotations.NullMarked;
