/**
 * A certificate authority that speaks Istio's protocol. In: signing requests of callers whom {@link dev.weft.control.access} knows.
 * Out: short certificates for the identity that was authenticated, the roots to trust, and the control plane's own certificate.
 * Everything here may be used from any thread; files change atomically.
 */
@NullMarked
package dev.weft.control.ca;

import org.jspecify.annotations.NullMarked;
