/**
 * Signed tokens and the keys they are checked with: {@link dev.weft.jose.Jwt} is a token taken apart, {@link dev.weft.jose.KeySet} the
 * public keys of an issuer, {@link dev.weft.jose.RemoteKeys} those behind a URL. Comes in: compact JWS text and JWKS JSON; goes out: a
 * {@link dev.weft.jose.JwtStatus}, in Envoy's words. The cryptography is Nimbus' and the JDK's. Nothing here knows of requests or
 * policies, so that the library and the control plane judge tokens alike. Values are immutable and safe for use from any thread; only a
 * {@link dev.weft.jose.KeyFetch} does I/O.
 */
@NullMarked
package dev.weft.jose;

import org.jspecify.annotations.NullMarked;
