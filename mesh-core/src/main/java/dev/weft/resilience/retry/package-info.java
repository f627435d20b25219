/**
 * When an attempt may be repeated and how long to wait before. In: a retry policy and what became of an attempt. Out: yes or
 * no, and nanoseconds. Stateless; any thread.
 */
@NullMarked
package dev.weft.resilience.retry;

import org.jspecify.annotations.NullMarked;
