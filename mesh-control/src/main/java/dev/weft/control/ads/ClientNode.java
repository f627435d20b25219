package dev.weft.control.ads;

import com.google.protobuf.Struct;
import dev.weft.config.Locality;
import dev.weft.control.registry.Registration;
import dev.weft.identity.SpiffeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking, as its xDS node says. Without an {@code identity} nothing of it is proved; with one, namespace and service account are.
 *
 * @param id the node id
 * @param kind which shape of resources it understands
 * @param version of the client, as in {@code weft 0.1}, {@code gRPC Java 1.85.1}; may be empty
 * @param cluster the node's cluster field; may be empty
 * @param namespace where it lives: metadata NAMESPACE, or the node id's, or {@code default}
 * @param serviceAccount metadata SERVICE_ACCOUNT; may be empty
 * @param labels metadata LABELS
 * @param locality where it runs
 * @param registration what a Weft instance says about itself, or null for others and for pure clients; its health is not
 *     part of the node and reads as healthy
 * @param metadata the node's metadata as they came
 * @param identity what the client proved; null over a port that asks for no credential
 */
public record ClientNode(
        String id,
        Kind kind,
        String version,
        String cluster,
        String namespace,
        String serviceAccount,
        Map<String, String> labels,
        Locality locality,
        @Nullable Registration registration,
        Struct metadata,
        @Nullable SpiffeId identity) {
    public ClientNode {
        labels = Map.copyOf(labels);
    }

    /** A client that proved nothing. */
    public ClientNode(
            String id,
            Kind kind,
            String version,
            String cluster,
            String namespace,
            String serviceAccount,
            Map<String, String> labels,
            Locality locality,
            @Nullable Registration registration,
            Struct metadata) {
        this(id, kind, version, cluster, namespace, serviceAccount, labels, locality, registration, metadata, null);
    }

    /** Which shape of resources a client understands. */
    public enum Kind {
        /** By name, with an index of names by wildcard. */
        WEFT,
        /** By name, as stock gRPC libraries ask. */
        GRPC,
        /** The sidecar shape: listeners and clusters by wildcard. */
        ENVOY
    }

    /** The name that people know it by: the instance of a Weft node, otherwise the node id. */
    public String displayName() {
        return registration == null ? id : registration.instanceId();
    }
}
