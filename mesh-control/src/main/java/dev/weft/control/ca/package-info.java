/**
 * A certificate authority that speaks Istio's protocol. In: signing requests with a join token, a JWT, or the current
 * certificate. Out: short certificates for the identity that was authenticated, the roots to trust, and an audit log of every
 * request. Everything here may be used from any thread; files change atomically.
 *
 * <p>{@code mesh-control serve} does not offer this service yet; a program assembles it as docs/ca.md shows.
 */
@NullMarked
package dev.weft.control.ca;

import org.jspecify.annotations.NullMarked;
