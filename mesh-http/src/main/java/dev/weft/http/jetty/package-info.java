/**
 * Jetty's {@code HttpClient} on the mesh. A {@link dev.weft.http.jetty.MeshTransport} stands before the client's own transport; for a host
 * of the mesh its destination has one connection, which carries any number of calls. Above the transport everything is Jetty's own:
 * listeners, redirects, authentication, cookies, content decoders, timeouts of a request. The application's code runs on the client's executor.
 */
@NullMarked
package dev.weft.http.jetty;

import org.jspecify.annotations.NullMarked;
