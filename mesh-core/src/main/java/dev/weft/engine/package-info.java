/**
 * Sequences the stages of a call: route, fault, limits, pick, attempt, retry, record. A state machine without I/O: adapters
 * report events to it and carry out its commands. Configuration comes in through {@link dev.weft.config.SnapshotSource} on
 * the control thread; events come from any thread, never block and are handled one at a time per exchange; commands are
 * issued one at a time per exchange.
 *
 * <p>In the order a call meets them: {@code OutboundExchange} takes its events in; {@code Opening} is what comes before the first attempt;
 * {@code Tries} makes attempts, {@code AttemptEvents} says what follows from theirs, {@code Retries} whether there is another; {@code Endings}
 * is what the caller gets. {@code CallClock} and {@code TryClock} are all that time does to it.
 */
@NullMarked
package dev.weft.engine;

import org.jspecify.annotations.NullMarked;
