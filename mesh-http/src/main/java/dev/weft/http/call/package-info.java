/**
 * Drives one call: carries out what the engine commands with the transport, and reports to the engine what the transport
 * saw. A call has an {@link dev.weft.http.call.OutboundCall}, each of its attempts a flight. Comes in: a request head and a
 * body; goes out: one {@link dev.weft.http.call.Answer}. Commands come on whichever thread brought the event before them and
 * never block. Inner part of mesh-http, shared by its adapters; not for applications.
 */
@NullMarked
package dev.weft.http.call;

import org.jspecify.annotations.NullMarked;
