/**
 * Conditions of a configuration made ready for requests, shared by whoever routes and whoever authorizes: texts, headers, and
 * the form in which a path is judged. Immutable, safe for use from any thread.
 */
@NullMarked
package dev.weft.match;

import org.jspecify.annotations.NullMarked;
