/**
 * Decides where a request goes: a snapshot is compiled into look-up tables once, requests are matched against them without
 * locks. In: {@link dev.weft.config.MeshSnapshot} and {@link dev.weft.request.RequestHead}. Out:
 * {@link dev.weft.route.RouteDecision}. A {@link dev.weft.route.Router} is immutable and used by all threads.
 */
@NullMarked
package dev.weft.route;

import org.jspecify.annotations.NullMarked;
