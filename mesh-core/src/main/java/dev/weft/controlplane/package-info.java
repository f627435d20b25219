/**
 * How a control plane is connected to, for configuration as for certificates. In: an address and whom to believe. Out: a gRPC
 * channel, one per stream or call. Whom to believe is decided in {@code dev.weft.identity}.
 */
@NullMarked
package dev.weft.controlplane;

import org.jspecify.annotations.NullMarked;
