/**
 * The JDK's own HTTP client and server on the mesh: {@code mesh.wrap(HttpClient)} gives a client whose calls to mesh hosts go
 * over the mesh's transport and whose other calls reach the wrapped client untouched; {@code mesh.guard(HttpServer)} gives a
 * server whose contexts pass the inbound engine. User code runs on the client's executor or the server's threads, never on
 * an event loop.
 */
@NullMarked
package dev.weft.http.jdk;

import org.jspecify.annotations.NullMarked;
