/** Boot's embedded Tomcat on the mesh: one port that takes TLS of the mesh and plaintext, told apart by the first byte of a connection. Runs on Tomcat's threads. */
@NullMarked
package dev.weft.spring.server.tomcat;

import org.jspecify.annotations.NullMarked;
