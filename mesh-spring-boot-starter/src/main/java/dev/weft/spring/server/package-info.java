/**
 * Calls in: the servers that Boot starts, guarded. A port takes TLS of the mesh and plaintext, a filter takes each request to the mesh
 * before anything of the application, and the caller is the request's principal. In come Boot's server factories, out go the same with
 * customizers; policy is the mesh's.
 */
@NullMarked
package dev.weft.spring.server;

import org.jspecify.annotations.NullMarked;
