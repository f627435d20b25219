/** Adapters that put HTTP clients and servers on the mesh, and the default Netty transport they share. */
@NullMarked
package dev.weft.http;

import org.jspecify.annotations.NullMarked;
