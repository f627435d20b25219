/**
 * Guards gRPC servers: who may connect, who may call what, until when, and what is told about it. In come a server builder's calls, their
 * metadata and connections; out go heads and peers for the inbound engine, and for handlers the metadata that was judged, who calls, and the
 * deadline. Works with every transport; what needs to see bytes of a connection asks {@link dev.weft.grpc.server.Admission}. Runs on the
 * server's own threads and leaves them while somebody else has to be asked.
 */
@NullMarked
package dev.weft.grpc.server;

import org.jspecify.annotations.NullMarked;
