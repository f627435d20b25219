/**
 * TLS towards servers, spoken by Netty: makes its contexts and its handlers for single connections of what {@code dev.weft.tls} says. Contexts
 * are made on threads that may block; the rest runs on event loops. Inner part of mesh-http, not for applications.
 */
@NullMarked
package dev.weft.http.tls;

import org.jspecify.annotations.NullMarked;
