package dev.weft.xds;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import com.google.rpc.Status;
import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.proto.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryResponse;
import dev.weft.proto.envoy.service.discovery.v3.Resource;
import io.grpc.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The state-of-the-world variant: each request names everything wanted of a type, each response everything there is. */
final class StateStream implements AdsStream {
    private final Supplier<Node> node;
    private final StreamCall<DiscoveryRequest, DiscoveryResponse> call;
    private final Map<ResourceType, Said> said = new EnumMap<>(ResourceType.class);
    private boolean nodeTold;

    private StateStream(Supplier<Node> node, StreamCall<DiscoveryRequest, DiscoveryResponse> call) {
        this.node = node;
        this.call = call;
    }

    static StateStream open(Channel channel, Supplier<Node> node, Listener listener) {
        StreamCall<DiscoveryRequest, DiscoveryResponse> call = new StreamCall<>(listener, StateStream::push);
        AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(call);
        return new StateStream(node, call);
    }

    /** What was last said of a type. */
    private static final class Said {
        Set<String> names = Set.of();
        String version = "";
        String nonce = "";
    }

    @Override
    public void subscribe(ResourceType type, Wanted wanted) {
        Set<String> names = new LinkedHashSet<>(wanted.names());
        if (wanted.wildcard() && wanted.explicit()) {
            names.add(WILDCARD);
        }
        Said before = said.get(type);
        // No name at all means every name, in this variant at any time; nothing is sent for nothing.
        if (names.isEmpty() && !(before == null && wanted.wildcard()) || before != null && before.names.equals(names)) {
            return;
        }
        Said now = said.computeIfAbsent(type, t -> new Said());
        now.names = names;
        send(request(type.url(), now));
    }

    @Override
    public void answer(Push push, @Nullable String refusal) {
        ResourceType type = ResourceType.of(push.typeUrl());
        Said now = type == null ? new Said() : said.computeIfAbsent(type, t -> new Said());
        now.nonce = push.nonce();
        if (refusal == null) {
            now.version = push.version();
        }
        DiscoveryRequest.Builder request = request(push.typeUrl(), now);
        if (refusal != null) {
            request.setErrorDetail(Refusal.status(refusal));
        }
        send(request);
    }

    @Override
    public void health(@Nullable Status error) {
        DiscoveryRequest.Builder request =
                DiscoveryRequest.newBuilder().setTypeUrl(HEALTH_TYPE).setNode(node.get());
        if (error != null) {
            request.setErrorDetail(error);
        }
        send(request);
    }

    private static DiscoveryRequest.Builder request(String typeUrl, Said said) {
        return DiscoveryRequest.newBuilder()
                .setTypeUrl(typeUrl)
                .addAllResourceNames(said.names)
                .setVersionInfo(said.version)
                .setResponseNonce(said.nonce);
    }

    private void send(DiscoveryRequest.Builder request) {
        if (!nodeTold) {
            nodeTold = true;
            request.setNode(node.get());
        }
        call.send(request.build());
    }

    @Override
    public StreamCall<DiscoveryRequest, DiscoveryResponse> call() {
        return call;
    }

    private static Push push(DiscoveryResponse response) {
        ResourceType type = ResourceType.of(response.getTypeUrl());
        List<Push.Received> resources = new ArrayList<>(response.getResourcesCount());
        for (Any any : response.getResourcesList()) {
            resources.add(received(any));
        }
        return new Push(
                response.getTypeUrl(),
                response.getVersionInfo(),
                response.getNonce(),
                resources,
                List.of(),
                type != null && type.fullState(),
                response.getControlPlane().getIdentifier());
    }

    private static Push.Received received(Any any) {
        if (any.is(Resource.class)) {
            try {
                Resource wrapped = any.unpack(Resource.class);
                return new Push.Received(
                        wrapped.getName(),
                        wrapped.getVersion(),
                        wrapped.getResource().getValue());
            } catch (InvalidProtocolBufferException e) {
                return new Push.Received("", "", any.getValue());
            }
        }
        return new Push.Received(name(any.getValue()), "", any.getValue());
    }

    /** Every type of resource has its name in field 1. Empty when the bytes hold none: the reader will say so. */
    private static String name(ByteString message) {
        CodedInputStream in = message.newCodedInput();
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == 1
                        && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    return in.readString();
                }
                in.skipField(tag);
            }
        } catch (IOException e) {
            return "";
        }
        return "";
    }
}
