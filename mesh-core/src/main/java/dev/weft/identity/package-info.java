/**
 * Who a workload is and whom it believes: SPIFFE identities, and the key and trust decisions of each TLS handshake.
 *
 * <p>In: an {@link dev.weft.identity.IdentitySource} that somebody fills (a CA client, the disk, a test). Out: managers and
 * {@link javax.net.ssl.SSLContext}s that read the current identity at each handshake, so that a rotation rebuilds nothing,
 * and a {@link dev.weft.identity.PeerIdentity} for what the other side proved. The control plane is judged apart, by {@link
 * dev.weft.identity.ControlPlaneTrust}: it is met before there is an identity.
 *
 * <p>Threads: everything public is immutable or safe for use from any thread. Handshakes run where their transport runs them; a peer
 * check costs a few signature verifications and never waits for I/O.
 */
@NullMarked
package dev.weft.identity;

import org.jspecify.annotations.NullMarked;
