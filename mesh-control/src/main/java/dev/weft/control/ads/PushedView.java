package dev.weft.control.ads;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryResponse;
import dev.weft.xds.StockNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A view while it is being pushed, with what its streams share: differences to earlier views and encoded resources, each
 * made once, by the first stream that needs it. Lives as long as some stream is to be brought to it.
 */
final class PushedView {
    private final View view;
    private final Map<DeltaKey, WildcardDelta> deltas = new ConcurrentHashMap<>();
    private final Map<BodyKey, ByteString> encoded = new ConcurrentHashMap<>();
    private final Map<ResourceType, ByteString> wholes = new ConcurrentHashMap<>();
    private final Map<ResourceType, String> wholeVersions = new ConcurrentHashMap<>();
    private final Map<String, Optional<String>> endpointNames = new ConcurrentHashMap<>();

    /** Whose differences and encodings are used: this one's, or those of the view that this one is but for a few names. */
    private final PushedView shared;

    PushedView(View view) {
        this.view = view;
        this.shared = this;
    }

    /** @param base of the view's {@link View#base} */
    PushedView(View view, PushedView base) {
        this.view = view;
        this.shared = base;
    }

    /** Who holds what streams share. */
    PushedView shared() {
        return shared;
    }

    View view() {
        return view;
    }

    String revision() {
        return view.revision();
    }

    @Nullable
    Resource resource(ResourceType type, String name) {
        return view.resource(type, name);
    }

    Map<String, Resource> wildcard(ResourceType type) {
        return view.wildcard(type);
    }

    /** What changed from an earlier wildcard map to this view's. */
    WildcardDelta delta(ResourceType type, Map<String, Resource> held) {
        return shared.deltas.computeIfAbsent(
                new DeltaKey(type, held), key -> WildcardDelta.between(held, view.wildcard(type)));
    }

    /** The {@code resources} fields of a delta response for the changed part of a difference. */
    ByteString encodeDelta(WildcardDelta delta) {
        return delta.encoded(this::deltaField);
    }

    /** The {@code resources} fields of a delta response. */
    ByteString encodeDelta(Collection<Resource> resources) {
        List<ByteString> fields = new ArrayList<>(resources.size());
        resources.forEach(resource -> fields.add(deltaField(resource)));
        return ByteString.copyFrom(fields);
    }

    /** The {@code resources} fields of a state-of-the-world response. */
    ByteString encodeSotw(Collection<Resource> resources) {
        List<ByteString> fields = new ArrayList<>(resources.size());
        resources.forEach(resource -> fields.add(sotwField(resource)));
        return ByteString.copyFrom(fields);
    }

    /** The {@code resources} fields of a state-of-the-world response with everything that a wildcard covers. */
    ByteString encodeWhole(ResourceType type) {
        return shared.wholes.computeIfAbsent(
                type, key -> encodeSotw(view.wildcard(key).values()));
    }

    /** The version of all that. */
    String wholeVersion(ResourceType type) {
        return shared.wholeVersions.computeIfAbsent(
                type, key -> ContentHash.ofVersions(view.wildcard(key).values()));
    }

    /** The name under which a cluster's endpoints are asked for, or null if they do not come over xDS. */
    @Nullable
    String endpointName(Resource cluster) {
        return shared.endpointNames
                .computeIfAbsent(cluster.version() + '/' + cluster.name(), key -> readEndpointName(cluster))
                .orElse(null);
    }

    private static Optional<String> readEndpointName(Resource resource) {
        try {
            Cluster cluster = Cluster.parseFrom(resource.body().getValue());
            if (cluster.getType() != Cluster.DiscoveryType.EDS) {
                return Optional.empty();
            }
            String service = cluster.getEdsClusterConfig().getServiceName();
            String name = service.isEmpty() ? cluster.getName() : service;
            // What a resource for stock gRPC refers to has plain names; on the stream they are asked for by others.
            return Optional.of(StockNames.is(resource.name()) ? StockNames.of(name) : name);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("cluster " + resource.name() + " is not a cluster", e);
        }
    }

    private ByteString deltaField(Resource resource) {
        return shared.encoded.computeIfAbsent(
                new BodyKey(resource.body().getTypeUrl(), resource.name(), resource.version(), true),
                key -> DeltaDiscoveryResponse.newBuilder()
                        .addResources(named(resource))
                        .build()
                        .toByteString());
    }

    private ByteString sotwField(Resource resource) {
        return shared.encoded.computeIfAbsent(
                new BodyKey(resource.body().getTypeUrl(), resource.name(), resource.version(), false),
                key -> DiscoveryResponse.newBuilder()
                        .addResources(StockNames.is(resource.name()) ? wrapped(resource) : resource.body())
                        .build()
                        .toByteString());
    }

    /** A resource whose body says another name than it is asked for by. */
    private static Any wrapped(Resource resource) {
        return Any.pack(named(resource).build());
    }

    private static dev.weft.proto.envoy.service.discovery.v3.Resource.Builder named(Resource resource) {
        return dev.weft.proto.envoy.service.discovery.v3.Resource.newBuilder()
                .setName(resource.name())
                .setVersion(resource.version())
                .setResource(resource.body());
    }

    private record BodyKey(String typeUrl, String name, String version, boolean delta) {}

    /** By identity of the map: views that share a map share what follows from it. */
    private record DeltaKey(ResourceType type, Map<String, Resource> held) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof DeltaKey that && that.type == type && that.held == held;
        }

        @Override
        public int hashCode() {
            return 31 * type.hashCode() + System.identityHashCode(held);
        }
    }
}
