/**
 * How much one process may ask of one cluster at once. In: limits, and the beginning and end of attempts and retries. Out: yes
 * or no. Lock-free; any thread.
 */
@NullMarked
package dev.weft.resilience.breaker;

import org.jspecify.annotations.NullMarked;
