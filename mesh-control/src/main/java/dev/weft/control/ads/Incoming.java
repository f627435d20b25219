package dev.weft.control.ads;

import com.google.rpc.Status;
import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request of either dialect.
 *
 * @param typeUrl what it is about
 * @param node who asks, or null: most clients say it once per stream
 * @param nonce of the response that this answers; empty if it answers none
 * @param error why that response was refused, or null if it was accepted
 * @param asked what the client wants
 */
record Incoming(
        String typeUrl,
        @Nullable Node node,
        String nonce,
        @Nullable Status error,
        Asked asked) {

    static Incoming of(DeltaDiscoveryRequest request) {
        return new Incoming(
                request.getTypeUrl(),
                request.hasNode() ? request.getNode() : null,
                request.getResponseNonce(),
                request.hasErrorDetail() ? request.getErrorDetail() : null,
                new Asked.Delta(
                        request.getResourceNamesSubscribeList(),
                        request.getResourceNamesUnsubscribeList(),
                        request.getInitialResourceVersionsMap()));
    }

    static Incoming of(DiscoveryRequest request) {
        return new Incoming(
                request.getTypeUrl(),
                request.hasNode() ? request.getNode() : null,
                request.getResponseNonce(),
                request.hasErrorDetail() ? request.getErrorDetail() : null,
                new Asked.Sotw(request.getResourceNamesList()));
    }
}
