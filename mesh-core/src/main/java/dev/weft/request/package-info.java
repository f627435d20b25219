/**
 * What a request and its answer look like to the engine, without bodies and without any client's types: heads, headers,
 * deadlines, local replies, outcomes and hints. Immutable values, safe for use from any thread.
 */
@NullMarked
package dev.weft.request;

import org.jspecify.annotations.NullMarked;
