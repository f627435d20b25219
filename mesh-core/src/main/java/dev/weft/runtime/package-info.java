/**
 * The injected outside world: time, timers and dice. Everything else in Weft asks these interfaces, so that any decision
 * can be replayed. Imports nothing of Weft; all types are safe for use from any thread.
 */
@NullMarked
package dev.weft.runtime;

import org.jspecify.annotations.NullMarked;
