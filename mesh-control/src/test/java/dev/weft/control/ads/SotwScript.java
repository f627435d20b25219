package dev.weft.control.ads;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A client of the state-of-the-world protocol that does what it is told. */
final class SotwScript {
    final ScriptedOutlet outlet = new ScriptedOutlet();
    final ClientStream stream;
    private final Node node;
    private final Map<ResourceType, List<String>> wanted = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, DiscoveryResponse> newest = new EnumMap<>(ResourceType.class);
    private boolean introduced;

    SotwScript(AdsBench bench, String agent) {
        stream = new ClientStream(bench.context, Dialect.SOTW, outlet);
        bench.context.admit(stream);
        node = Node.newBuilder().setId(agent + "-1").setUserAgentName(agent).build();
    }

    /** Sets the names, beside what was answered last. */
    void want(ResourceType type, String... names) {
        wanted.put(type, List.of(names));
        send(type, newest.get(type), "");
    }

    void ack(DiscoveryResponse response) {
        send(typeOf(response), response, "");
    }

    void nack(DiscoveryResponse response, String message) {
        send(typeOf(response), response, message);
    }

    private void send(ResourceType type, DiscoveryResponse answered, String error) {
        DiscoveryRequest.Builder request = DiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .addAllResourceNames(wanted.getOrDefault(type, List.of()));
        if (answered != null) {
            request.setResponseNonce(answered.getNonce());
            if (error.isEmpty()) {
                request.setVersionInfo(answered.getVersionInfo());
            } else {
                request.setErrorDetail(Status.newBuilder().setCode(3).setMessage(error));
            }
        }
        if (!introduced) {
            introduced = true;
            request.setNode(node);
        }
        stream.request(Incoming.of(request.build()));
    }

    List<DiscoveryResponse> take() {
        List<DiscoveryResponse> responses = new ArrayList<>();
        try {
            for (ByteString bytes : outlet.take()) {
                DiscoveryResponse response = DiscoveryResponse.parseFrom(bytes);
                newest.put(typeOf(response), response);
                responses.add(response);
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return responses;
    }

    /** All that comes, acknowledged until nothing more comes; in short words: {@code CDS a b}. */
    List<String> takeAll() {
        List<String> words = new ArrayList<>();
        for (List<DiscoveryResponse> some = take(); !some.isEmpty(); some = take()) {
            for (DiscoveryResponse response : some) {
                words.add(words(response));
                ack(response);
            }
        }
        return words;
    }

    static String words(DiscoveryResponse response) {
        StringBuilder words = new StringBuilder(typeOf(response).shortName());
        response.getResourcesList().forEach(body -> words.append(' ').append(name(body)));
        return words.toString();
    }

    private static ResourceType typeOf(DiscoveryResponse response) {
        return java.util.Objects.requireNonNull(ResourceType.of(response.getTypeUrl()));
    }

    private static String name(Any body) {
        try {
            ByteString value = body.getValue();
            return switch (java.util.Objects.requireNonNull(ResourceType.of(body.getTypeUrl()))) {
                case CLUSTER -> Cluster.parseFrom(value).getName();
                case ENDPOINT -> ClusterLoadAssignment.parseFrom(value).getClusterName();
                case LISTENER -> Listener.parseFrom(value).getName();
                case ROUTE -> RouteConfiguration.parseFrom(value).getName();
                case VIRTUAL_HOST -> VirtualHost.parseFrom(value).getName();
                case SECRET -> "secret";
            };
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
