/**
 * Sequences the stages of a call: route, fault, limits, pick, attempt, retry, record. A state machine without I/O: adapters
 * report events to it and carry out its commands. Configuration comes in through {@link dev.weft.config.SnapshotSource} on
 * the control thread; events come from any thread, never block and are handled one at a time per exchange; commands are
 * issued one at a time per exchange.
 */
@NullMarked
package dev.weft.engine;

import org.jspecify.annotations.NullMarked;
