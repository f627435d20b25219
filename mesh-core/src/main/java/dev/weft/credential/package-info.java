/**
 * How a workload proves who it is before it has a certificate: join token, JWT, the local token of a laptop; or the certificate
 * files that somebody else keeps. In: paths. Out: a {@link dev.weft.credential.Credential}, read anew at each use since
 * platforms rotate the files, with what authenticates the control plane at the first contact.
 *
 * <p>Threads: everything is safe for use from any thread; reading waits for the disk, so it is done on no request's thread.
 * Nothing secret is in a message or a {@code toString}.
 */
@NullMarked
package dev.weft.credential;

import org.jspecify.annotations.NullMarked;
