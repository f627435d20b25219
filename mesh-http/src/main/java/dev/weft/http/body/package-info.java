/**
 * Bodies on their way: {@link dev.weft.http.body.OutgoingBody} says what is sent and whether it can be sent again, {@link
 * dev.weft.http.body.IncomingBody} holds what has arrived and not been read yet. Bodies never enter the engine. Inner
 * part of mesh-http, shared by its adapters; not for applications.
 */
@NullMarked
package dev.weft.http.body;

import org.jspecify.annotations.NullMarked;
