/**
 * Wraps the builders of Apache HttpClient 5, classic and asynchronous. The client keeps its whole execution chain: redirects, cookies,
 * decompression, caching, authentication and interceptors are its own. Below all of it stands the exec runtime, which leases a
 * connection and sends on it; for hosts of the mesh the chain is given one that makes a call of the mesh instead. Comes in: a request of
 * the library; goes out: its response, or its exception.
 */
@NullMarked
package dev.weft.http.hc5;

import org.jspecify.annotations.NullMarked;
