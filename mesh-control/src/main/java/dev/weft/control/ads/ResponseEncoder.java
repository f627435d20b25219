package dev.weft.control.ads;

import dev.weft.proto.envoy.config.core.v3.ControlPlane;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.Collection;

/** Puts changes into responses of either dialect. */
final class ResponseEncoder {
    /** Weft's clients take the beginning of this as the sign that they may subscribe by name. */
    private static final ControlPlane CONTROL_PLANE =
            ControlPlane.newBuilder().setIdentifier("mesh-control/0.1").build();

    private ResponseEncoder() {}

    static EncodedResponse encode(Dialect dialect, TypeState state, PushedView view, Changes changes, String nonce) {
        return dialect == Dialect.DELTA ? delta(state, view, changes, nonce) : sotw(state, view, changes, nonce);
    }

    private static EncodedResponse delta(TypeState state, PushedView view, Changes changes, String nonce) {
        DeltaDiscoveryResponse envelope = DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(state.type().typeUrl())
                .setSystemVersionInfo(view.revision())
                .setNonce(nonce)
                .setControlPlane(CONTROL_PLANE)
                .addAllRemovedResources(changes.removed())
                .build();
        WildcardDelta shared = changes.shared();
        return EncodedResponse.of(
                envelope, shared == null ? view.encodeDelta(changes.upserts()) : view.encodeDelta(shared));
    }

    /**
     * For types whose absence means removal all that the client should hold, for the others what changed. The version is made
     * from the content, so that the same content never comes under two versions, nor a refused one again with other content.
     */
    private static EncodedResponse sotw(TypeState state, PushedView view, Changes changes, String nonce) {
        ResourceType type = state.type();
        Collection<Resource> whole = type.fullState() ? state.whole() : changes.upserts();
        String version = whole == null ? view.wholeVersion(type) : ContentHash.ofVersions(whole);
        DiscoveryResponse envelope = DiscoveryResponse.newBuilder()
                .setTypeUrl(type.typeUrl())
                .setVersionInfo(version)
                .setNonce(nonce)
                .setControlPlane(CONTROL_PLANE)
                .build();
        return EncodedResponse.of(envelope, whole == null ? view.encodeWhole(type) : view.encodeSotw(whole));
    }

    /** The answer to a subscription of a type that is not served: there is nothing of it. */
    static EncodedResponse nothing(Dialect dialect, String typeUrl, Collection<String> names, String nonce) {
        if (dialect == Dialect.SOTW) {
            return new EncodedResponse(DiscoveryResponse.newBuilder()
                    .setTypeUrl(typeUrl)
                    .setNonce(nonce)
                    .setControlPlane(CONTROL_PLANE)
                    .build()
                    .toByteString());
        }
        return new EncodedResponse(DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(typeUrl)
                .setNonce(nonce)
                .setControlPlane(CONTROL_PLANE)
                .addAllRemovedResources(names)
                .build()
                .toByteString());
    }
}
