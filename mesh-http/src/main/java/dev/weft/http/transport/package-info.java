/**
 * Carries one request to one host over Netty: connection pools per host and TLS setting, HTTP/1.1 and HTTP/2. In comes a
 * {@link dev.weft.http.transport.Transfer}, out go its events. Holds no policy: whether another attempt is made is the
 * engine's matter, and nothing is repeated here once a byte may have left. Events come on the connection's event loop, which
 * must not be blocked. Inner part of mesh-http, shared by its adapters; not for applications.
 */
@NullMarked
package dev.weft.http.transport;

import org.jspecify.annotations.NullMarked;
