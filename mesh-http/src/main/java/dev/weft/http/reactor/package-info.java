/** Calls of Reactor's clients: what a subscriber brings along to them. */
@NullMarked
package dev.weft.http.reactor;

import org.jspecify.annotations.NullMarked;
