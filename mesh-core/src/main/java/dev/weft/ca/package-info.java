/**
 * The client of the certificate authority: Istio's {@code IstioCertificateService}, spoken by {@code mesh-control} and by istiod.
 *
 * <p>In: a {@link dev.weft.credential.Credential} and the addresses of control planes. Out: a {@link
 * dev.weft.ca.CertifiedIdentity}, an {@link dev.weft.identity.IdentitySource} that renews itself at half of each certificate's
 * life and says so when it cannot. Keys are made here, in memory, a new one for each certificate.
 *
 * <p>Threads: everything public is safe for use from any thread and returns at once. Keys, signatures and the disk are the affair of
 * an executor; gRPC's and the timer's threads only hand over to it.
 */
@NullMarked
package dev.weft.ca;

import org.jspecify.annotations.NullMarked;
