/**
 * Faults that configuration asks to inject. In: a fault and dice. Out: how long to hold a request back and what to answer
 * instead of the server. Stateless; any thread.
 */
@NullMarked
package dev.weft.resilience.fault;

import org.jspecify.annotations.NullMarked;
