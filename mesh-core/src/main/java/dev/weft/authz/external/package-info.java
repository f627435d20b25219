/**
 * Asks a service outside whether a request may pass. In comes an {@link dev.weft.config.ExternalAuthorizationStage}, out comes a {@link
 * dev.weft.authz.Stage}: what is asked, and what an answer means, is decided here; the bytes are carried by a {@link
 * dev.weft.authz.external.Courier}, which whoever has a transport implements. Nothing here blocks or does I/O. The messages of the gRPC
 * form are Envoy's; this is the one package besides the xDS readers that knows protobuf. Stages may be used from any thread.
 */
@NullMarked
package dev.weft.authz.external;

import org.jspecify.annotations.NullMarked;
