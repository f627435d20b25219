/**
 * Carries the questions of the inbound policy to authorizers and key servers, as calls of the mesh like any other. Comes in: a {@link
 * dev.weft.authz.external.Courier.Parcel}; goes out: the whole answer, or why there is none. Found by mesh-core with a service loader;
 * not for applications. Nothing here blocks; answers complete on the transport's threads for blocking work.
 */
@NullMarked
package dev.weft.http.courier;

import org.jspecify.annotations.NullMarked;
