/** Boot's embedded Jetty on the mesh: one port that takes TLS of the mesh and plaintext, by Jetty's own detection. Runs on Jetty's threads. */
@NullMarked
package dev.weft.spring.server.jetty;

import org.jspecify.annotations.NullMarked;
