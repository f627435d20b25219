/**
 * TLS towards servers: what is presented, whom is believed, which protocols are offered. Comes in: a cluster's {@link
 * dev.weft.config.UpstreamTls}, the identity of the process and PEM files; goes out: Netty handlers for single connections, and
 * the word how long a connection may live. Contexts are made on threads that may block; the rest runs on event loops. Inner
 * part of mesh-http, not for applications.
 */
@NullMarked
package dev.weft.http.tls;

import org.jspecify.annotations.NullMarked;
