/**
 * OkHttp on the mesh, and so Retrofit. An application interceptor, the last one, carries what is the mesh's and lets everything else
 * pass; what OkHttp's own interceptors behind it would have done for a call is done here: the fields of a request, cookies, gzip,
 * redirects, authentication, network interceptors. Comes in: an OkHttp request on the thread that made or dispatched the call; goes out:
 * its response. Written for OkHttp 4.12 and 5.
 */
@NullMarked
package dev.weft.http.okhttp;

import org.jspecify.annotations.NullMarked;
