package dev.weft.grpc.bridge;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.weft.config.StockResources;
import dev.weft.config.StockResources.Answer;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryResponse;
import dev.weft.proto.envoy.service.discovery.v3.Resource;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One stream of a grpc-xds client. A monitor: requests come on gRPC's threads, answers on the mesh's control thread. */
final class XdsStream implements StreamObserver<DiscoveryRequest> {
    /** Types of which a response says everything there is, so that what it leaves out is gone. */
    private static final Set<String> FULL_STATE = Set.of(
            "type.googleapis.com/envoy.config.listener.v3.Listener",
            "type.googleapis.com/envoy.config.cluster.v3.Cluster");

    private final Consumer<String> refused;
    private final StreamObserver<DiscoveryResponse> responses;
    private final StockResources.Watch watch;
    private final Map<String, TypeState> types = new HashMap<>();
    private long number;
    private boolean closed;

    XdsStream(StockResources resources, Consumer<String> refused, StreamObserver<DiscoveryResponse> responses) {
        this.refused = refused;
        this.responses = responses;
        watch = resources.watch(this::answered);
    }

    /** What is known of one type. */
    private static final class TypeState {
        Set<String> wanted = Set.of();
        Map<String, byte[]> sent = new HashMap<>();
        boolean answered;
    }

    @Override
    public synchronized void onNext(DiscoveryRequest request) {
        if (closed) {
            return;
        }
        if (request.hasErrorDetail()) {
            refused.accept(request.getErrorDetail().getMessage());
        }
        TypeState state = types.computeIfAbsent(request.getTypeUrl(), type -> new TypeState());
        Set<String> names = Set.copyOf(request.getResourceNamesList());
        if (!names.equals(state.wanted)) {
            state.wanted = names;
            state.sent.keySet().retainAll(names);
            watch.want(request.getTypeUrl(), names);
        }
    }

    private synchronized void answered(Answer answer) {
        TypeState state = types.get(answer.typeUrl());
        if (closed || state == null || state.wanted.isEmpty()) {
            return;
        }
        boolean complete = state.wanted.stream()
                .allMatch(name ->
                        answer.resources().containsKey(name) || answer.absent().contains(name));
        if (!complete && !answer.obstacle().isEmpty() && number == 0) {
            // Before anything was answered an end is an error with a reason, which calls then show; later it would be
            // none.
            end(Status.UNAVAILABLE.withDescription(answer.obstacle()));
        } else if (!FULL_STATE.contains(answer.typeUrl())) {
            sendChanges(answer, state);
        } else if (complete || state.answered) {
            // The first must not seem to take away what another stream has brought before.
            sendAll(answer, state);
        }
    }

    private void sendAll(Answer answer, TypeState state) {
        Map<String, byte[]> now = new HashMap<>(answer.resources());
        now.keySet().retainAll(state.wanted);
        if (!state.answered || !now.equals(state.sent)) {
            state.sent = now;
            send(answer.typeUrl(), state, now);
        }
    }

    private void sendChanges(Answer answer, TypeState state) {
        Map<String, byte[]> changed = new HashMap<>();
        answer.resources().forEach((name, value) -> {
            if (state.wanted.contains(name) && state.sent.put(name, value) != value) {
                changed.put(name, value);
            }
        });
        if (!changed.isEmpty()) {
            send(answer.typeUrl(), state, changed);
        }
    }

    private void send(String typeUrl, TypeState state, Map<String, byte[]> resources) {
        state.answered = true;
        String mark = Long.toString(++number);
        List<Any> wrapped = new ArrayList<>(resources.size());
        resources.forEach((name, value) -> wrapped.add(Any.pack(Resource.newBuilder()
                .setName(name)
                .setResource(Any.newBuilder().setTypeUrl(typeUrl).setValue(ByteString.copyFrom(value)))
                .build())));
        responses.onNext(DiscoveryResponse.newBuilder()
                .setTypeUrl(typeUrl)
                .setVersionInfo(mark)
                .setNonce(mark)
                .addAllResources(wrapped)
                .build());
    }

    private void end(Status status) {
        closed = true;
        watch.close();
        responses.onError(status.asRuntimeException());
    }

    @Override
    public synchronized void onError(Throwable failure) {
        closed = true;
        watch.close();
    }

    @Override
    public synchronized void onCompleted() {
        if (!closed) {
            closed = true;
            watch.close();
            responses.onCompleted();
        }
    }
}
