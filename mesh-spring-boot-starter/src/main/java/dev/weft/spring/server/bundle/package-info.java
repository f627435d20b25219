/**
 * The mesh's identity as Spring Boot's SSL bundle {@code mesh}, for what is not the mesh's business: a management port, a broker, a
 * database. In comes the identity of the moment, out go key and trust managers that read it at each handshake.
 */
@NullMarked
package dev.weft.spring.server.bundle;

import org.jspecify.annotations.NullMarked;
