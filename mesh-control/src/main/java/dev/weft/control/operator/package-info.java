/**
 * What the mesh's operators may ask of a running control plane over its TLS port: join tokens, the state and the change of roots, the
 * audit log. In: calls of {@code meshctl} with an operator's token. Out: answers, and a line of the audit log for each change.
 *
 * <p>Threads: gRPC's; each call waits for the disk at most.
 */
@NullMarked
package dev.weft.control.operator;

import org.jspecify.annotations.NullMarked;
