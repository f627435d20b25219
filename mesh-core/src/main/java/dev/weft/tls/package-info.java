/**
 * What TLS of the mesh needs whatever speaks it: which certificates are presented and until when, who a server must prove to be, which name
 * and protocols it is shown, and how many strangers may be in front of a port. Comes in: a cluster's {@link dev.weft.config.UpstreamTls},
 * the identity of the process and PEM files; goes out: material for a transport's own contexts, and verdicts on finished handshakes. Inner
 * part of the transports, not for applications. Safe for use from any thread.
 */
@NullMarked
package dev.weft.tls;

import org.jspecify.annotations.NullMarked;
