/**
 * Who may do what: the rules of the control plane compiled, and one request as they see it. In comes an {@link
 * dev.weft.authz.Arrival}, out comes a refusal or nothing. Compiled rules are immutable and may be used from any thread; an
 * arrival belongs to one request and is used by one thread at a time. Nothing here does I/O.
 */
@NullMarked
package dev.weft.authz;

import org.jspecify.annotations.NullMarked;
