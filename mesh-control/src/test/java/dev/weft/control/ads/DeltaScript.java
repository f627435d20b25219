package dev.weft.control.ads;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client of the delta protocol that does what it is told. */
final class DeltaScript {
    final ScriptedOutlet outlet = new ScriptedOutlet();
    final ClientStream stream;
    private Node node;
    private boolean introduced;

    DeltaScript(AdsBench bench, String agent) {
        stream = new ClientStream(bench.context, Dialect.DELTA, outlet);
        bench.context.admit(stream);
        node = Node.newBuilder()
                .setId(agent + "-1")
                .setUserAgentName(agent)
                .setUserAgentVersion("0.1")
                .build();
    }

    DeltaScript as(Node other) {
        node = other;
        return this;
    }

    void send(DeltaDiscoveryRequest.Builder request) {
        if (!introduced) {
            introduced = true;
            request.setNode(node);
        }
        stream.request(Incoming.of(request.build()));
    }

    void subscribe(ResourceType type, String... names) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .addAllResourceNamesSubscribe(List.of(names)));
    }

    void subscribe(ResourceType type, Map<String, String> held, String... names) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .putAllInitialResourceVersions(held)
                .addAllResourceNamesSubscribe(List.of(names)));
    }

    void unsubscribe(ResourceType type, String... names) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .addAllResourceNamesUnsubscribe(List.of(names)));
    }

    void ack(DeltaDiscoveryResponse response) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce()));
    }

    void nack(DeltaDiscoveryResponse response, String message) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .setErrorDetail(Status.newBuilder().setCode(3).setMessage(message)));
    }

    /** What has come since the last call. */
    List<DeltaDiscoveryResponse> take() {
        List<DeltaDiscoveryResponse> responses = new ArrayList<>();
        try {
            for (ByteString bytes : outlet.take()) {
                responses.add(DeltaDiscoveryResponse.parseFrom(bytes));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return responses;
    }

    /** The same, acknowledged, until nothing more comes; in short words: {@code CDS +a +b -c}. */
    List<String> takeAll() {
        List<String> words = new ArrayList<>();
        for (List<DeltaDiscoveryResponse> some = take(); !some.isEmpty(); some = take()) {
            for (DeltaDiscoveryResponse response : some) {
                words.add(words(response));
                ack(response);
            }
        }
        return words;
    }

    static String words(DeltaDiscoveryResponse response) {
        ResourceType type = ResourceType.of(response.getTypeUrl());
        StringBuilder words = new StringBuilder(type == null ? response.getTypeUrl() : type.shortName());
        response.getResourcesList().forEach(resource -> words.append(" +").append(resource.getName()));
        response.getRemovedResourcesList().forEach(name -> words.append(" -").append(name));
        return words.toString();
    }
}
