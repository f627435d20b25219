/**
 * What all guards of servers share: the head of a request from what came by wire, who sent it, whether its connection may be
 * taken, and whether a server is about to serve what was judged. In come the parts that each server has in its own types; out go
 * {@link dev.weft.request.RequestHead}s and {@link dev.weft.engine.Peer}s for the inbound engine. No policy here, no I/O; safe for use
 * from any thread.
 */
@NullMarked
package dev.weft.http.guard;

import org.jspecify.annotations.NullMarked;
