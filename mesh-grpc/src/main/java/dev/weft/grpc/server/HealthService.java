package dev.weft.grpc.server;

import dev.weft.MeshHealth;
import io.grpc.InternalServer;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * gRPC's health service, which says of the server and of each of its services what the registry is told. Safe for use from any thread.
 */
final class HealthService extends HealthGrpc.HealthImplBase {
    private final MeshHealth health;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    HealthService(MeshHealth health) {
        this.health = health;
    }

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
        Server server = InternalServer.SERVER_CONTEXT_KEY.get();
        if (!has(server, request.getService())) {
            answer.onError(Status.NOT_FOUND
                    .withDescription("unknown service " + request.getService())
                    .asRuntimeException());
            return;
        }
        answer.onNext(response(status(server)));
        answer.onCompleted();
    }

    @Override
    public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
        ServerCallStreamObserver<HealthCheckResponse> stream = (ServerCallStreamObserver<HealthCheckResponse>) answer;
        Server server = InternalServer.SERVER_CONTEXT_KEY.get();
        Watcher watcher = new Watcher(stream, server, has(server, request.getService()));
        MeshHealth.Listening listening = health.onChange(watcher::changed);
        stream.setOnCancelHandler(() -> forget(watcher, listening));
        stream.setOnCloseHandler(() -> forget(watcher, listening));
        watchers.add(watcher);
        watcher.changed();
    }

    private void forget(Watcher watcher, MeshHealth.Listening listening) {
        listening.close();
        watchers.remove(watcher);
    }

    /** A server has been shut down. */
    void changed() {
        watchers.forEach(Watcher::changed);
    }

    private ServingStatus status(@Nullable Server server) {
        return health.serving() && !isShutdown(server) ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    private static boolean isShutdown(@Nullable Server server) {
        return server != null && server.isShutdown();
    }

    /** The empty name is the server. */
    private static boolean has(@Nullable Server server, String service) {
        return service.isEmpty()
                || server != null
                        && server.getServices().stream()
                                .anyMatch(known ->
                                        known.getServiceDescriptor().getName().equals(service));
    }

    private static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }

    /** One caller who is told of changes. */
    private final class Watcher {
        private final ServerCallStreamObserver<HealthCheckResponse> stream;
        private final @Nullable Server server;
        private final boolean known;

        // Guarded by this.
        private @Nullable ServingStatus told;
        private boolean over;

        Watcher(ServerCallStreamObserver<HealthCheckResponse> stream, @Nullable Server server, boolean known) {
            this.stream = stream;
            this.server = server;
            this.known = known;
        }

        synchronized void changed() {
            if (over || stream.isCancelled()) {
                return;
            }
            ServingStatus now = known ? status(server) : ServingStatus.SERVICE_UNKNOWN;
            if (now != told) {
                told = now;
                stream.onNext(response(now));
            }
            if (isShutdown(server)) {
                // A stream without an end would keep the server from ending.
                over = true;
                stream.onError(Status.UNAVAILABLE
                        .withDescription("the server is shutting down")
                        .asRuntimeException());
            }
        }
    }
}
