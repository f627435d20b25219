/**
 * Turns the names in clusters of kind {@code STRICT_DNS} and {@code LOGICAL_DNS} into addresses. Snapshots with names come in,
 * snapshots with addresses go out, and again whenever a name's addresses change. Names are looked up on threads of the executor
 * that it is given, never on a request's thread; snapshots are delivered under one lock, one at a time.
 */
@NullMarked
package dev.weft.dns;

import org.jspecify.annotations.NullMarked;
