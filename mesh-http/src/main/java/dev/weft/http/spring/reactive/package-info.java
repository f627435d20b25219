/**
 * Spring's {@code WebClient} on the mesh: a {@link dev.weft.http.spring.reactive.MeshClientHttpConnector} stands before the connector that the
 * application has. It is the lowest part of a WebClient, so that filters, observation, codecs and status handlers work as ever.
 * Comes in: a request, described by a callback; goes out: a response whose body streams. Code of the application runs on the
 * thread that subscribes, and on Reactor's parallel scheduler, never on an event loop of the mesh.
 */
@NullMarked
package dev.weft.http.spring.reactive;

import org.jspecify.annotations.NullMarked;
