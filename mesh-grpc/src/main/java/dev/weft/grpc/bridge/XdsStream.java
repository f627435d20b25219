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

/** One stream of a grpc-xds client. A monitor: requests come on gRPC's threads, answers on the mesh's control thread. */
final class XdsStream implements StreamObserver<DiscoveryRequest> {
    private final Notices notices;
    private final StreamObserver<DiscoveryResponse> responses;
    private final StockResources.Watch watch;
    private final ServerListeners servers;
    private final Map<String, Subscribed> types = new HashMap<>();
    private long number;
    private boolean closed;

    XdsStream(StockResources resources, Notices notices, StreamObserver<DiscoveryResponse> responses) {
        this.notices = notices;
        this.servers = new ServerListeners(notices);
        this.responses = responses;
        watch = resources.watch(this::answered);
    }

    @Override
    public synchronized void onNext(DiscoveryRequest request) {
        if (closed) {
            return;
        }
        if (request.hasErrorDetail()) {
            notices.refused(request.getErrorDetail().getMessage());
        }
        Subscribed type = types.computeIfAbsent(request.getTypeUrl(), Subscribed::new);
        Set<String> names = Set.copyOf(request.getResourceNamesList());
        if (type.want(names)) {
            watch.want(request.getTypeUrl(), names);
        }
    }

    private synchronized void answered(Answer answer) {
        Subscribed type = types.get(answer.typeUrl());
        if (closed || type == null) {
            return;
        }
        if (number == 0 && !answer.obstacle().isEmpty() && !type.isAnswered(answer)) {
            // Before anything was answered an end is an error with a reason, which calls then show; later it would be
            // none.
            end(Status.UNAVAILABLE.withDescription(answer.obstacle()));
            return;
        }
        Map<String, byte[]> news = type.news(answer);
        if (news != null) {
            if (answer.typeUrl().equals(ServerListeners.TYPE_URL)) {
                news.forEach(servers::sent);
            }
            send(answer.typeUrl(), news);
        }
    }

    private void send(String typeUrl, Map<String, byte[]> resources) {
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
