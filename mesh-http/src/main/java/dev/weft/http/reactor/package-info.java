/**
 * Reactor Netty's {@code HttpClient} on the mesh. A {@link dev.weft.http.reactor.MeshConnections} stands where the client asks for a
 * connection: for a host of the mesh it gives a channel that leads to a call instead of a socket. Above the channel everything is
 * Reactor Netty's own: callbacks, redirects, cookies, decompression, metrics, response timeout. Everything of one call happens on the
 * event loop that the client would have used.
 */
@NullMarked
package dev.weft.http.reactor;

import org.jspecify.annotations.NullMarked;
