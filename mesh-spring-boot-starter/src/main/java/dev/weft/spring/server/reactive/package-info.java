/** Boot's Reactor Netty server on the mesh, and what WebFlux learns of the caller. Never blocks. */
@NullMarked
package dev.weft.spring.server.reactive;

import org.jspecify.annotations.NullMarked;
