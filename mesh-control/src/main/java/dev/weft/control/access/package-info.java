/**
 * Who calls the control plane, how that is proved, and what is written down of it. In: what a connection shows (a certificate, a
 * join token, a JWT, the local token, an operator's token). Out: a {@link dev.weft.control.access.Caller}, or a refusal with its
 * reason, and a line in the {@link dev.weft.control.access.AuditLog}. Nothing that a caller sent is parsed before that.
 *
 * <p>Threads: everything here may be used from any thread, and waits for no network.
 */
@NullMarked
package dev.weft.control.access;

import org.jspecify.annotations.NullMarked;
