/**
 * Fetches the keys of those who issue tokens, so that workloads get them with their policy and ask nobody. In: the
 * RequestAuthentications in force. Out: a {@link dev.weft.control.translate.KeyRing}. One thread fetches, timers look for
 * changes; nobody waits.
 */
@NullMarked
package dev.weft.control.keys;

import org.jspecify.annotations.NullMarked;
