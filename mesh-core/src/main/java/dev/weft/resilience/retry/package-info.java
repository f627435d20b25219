/**
 * When an attempt may be repeated, how long to wait before, and the budget that repetitions are paid from. In: a retry policy,
 * what became of an attempt, and the requests of the last seconds. Out: yes or no, and nanoseconds. Lock-free; any thread.
 */
@NullMarked
package dev.weft.resilience.retry;

import org.jspecify.annotations.NullMarked;
