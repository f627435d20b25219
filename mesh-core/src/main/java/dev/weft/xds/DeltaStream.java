package dev.weft.xds;

import com.google.rpc.Status;
import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.proto.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import dev.weft.proto.envoy.service.discovery.v3.Resource;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The delta variant: only what changes travels, in both directions. */
final class DeltaStream implements AdsStream {
    private final Supplier<Node> node;
    private final StreamCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call;
    private final Map<ResourceType, Set<String>> told = new EnumMap<>(ResourceType.class);
    private boolean nodeTold;

    private DeltaStream(Supplier<Node> node, StreamCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call) {
        this.node = node;
        this.call = call;
    }

    static DeltaStream open(Channel channel, Supplier<Node> node, Listener listener) {
        StreamCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call = new StreamCall<>(listener, DeltaStream::push);
        AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(call);
        return new DeltaStream(node, call);
    }

    @Override
    public void subscribe(ResourceType type, Wanted wanted) {
        Set<String> before = told.get(type);
        Set<String> now = new LinkedHashSet<>();
        if (wanted.wildcard() && (wanted.explicit() || !wanted.names().isEmpty())) {
            now.add(WILDCARD);
        }
        now.addAll(wanted.names());
        DeltaDiscoveryRequest.Builder request = request(type.url());
        if (before == null) {
            // The first request without a name would mean all names.
            if (now.isEmpty() && !wanted.wildcard()) {
                return;
            }
            request.addAllResourceNamesSubscribe(now)
                    .putAllInitialResourceVersions(wanted.versions().get());
        } else {
            Set<String> more = difference(now, before);
            Set<String> less = difference(before, now);
            // A wildcard that was said by silence is not taken back by silence about a star.
            less.remove(WILDCARD);
            more.remove(WILDCARD);
            if (more.isEmpty() && less.isEmpty()) {
                return;
            }
            request.addAllResourceNamesSubscribe(more).addAllResourceNamesUnsubscribe(less);
        }
        told.put(type, now);
        send(request);
    }

    private static Set<String> difference(Set<String> from, Set<String> without) {
        Set<String> rest = new LinkedHashSet<>(from);
        rest.removeAll(without);
        return rest;
    }

    @Override
    public void answer(Push push, @Nullable String refusal) {
        DeltaDiscoveryRequest.Builder request = request(push.typeUrl()).setResponseNonce(push.nonce());
        if (refusal != null) {
            request.setErrorDetail(Refusal.status(refusal));
        }
        send(request);
    }

    @Override
    public void health(@Nullable Status error) {
        DeltaDiscoveryRequest.Builder request = request(HEALTH_TYPE).setNode(node.get());
        if (error != null) {
            request.setErrorDetail(error);
        }
        send(request);
    }

    private static DeltaDiscoveryRequest.Builder request(String typeUrl) {
        return DeltaDiscoveryRequest.newBuilder().setTypeUrl(typeUrl);
    }

    private void send(DeltaDiscoveryRequest.Builder request) {
        if (!nodeTold) {
            nodeTold = true;
            request.setNode(node.get());
        }
        call.send(request.build());
    }

    @Override
    public StreamCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call() {
        return call;
    }

    private static Push push(DeltaDiscoveryResponse response) {
        List<Push.Received> resources = new ArrayList<>(response.getResourcesCount());
        Set<String> removed = new HashSet<>(response.getRemovedResourcesList());
        for (Resource resource : response.getResourcesList()) {
            // A name without a resource is how some say that there is none of that name.
            if (resource.hasResource()) {
                resources.add(new Push.Received(
                        resource.getName(),
                        resource.getVersion(),
                        resource.getResource().getValue()));
            } else {
                removed.add(resource.getName());
            }
        }
        return new Push(
                response.getTypeUrl(),
                response.getSystemVersionInfo(),
                response.getNonce(),
                resources,
                List.copyOf(removed),
                false,
                response.getControlPlane().getIdentifier());
    }
}
