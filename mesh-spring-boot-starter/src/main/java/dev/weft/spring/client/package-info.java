/**
 * Calls out: builders and clients of the application, on the mesh where the host is one of its services. Nothing here asks for the
 * mesh before the first call, because a client may be built before it.
 */
@NullMarked
package dev.weft.spring.client;

import org.jspecify.annotations.NullMarked;
