package dev.weft.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.weft.proto.envoy.config.core.v3.ControlPlane;
import dev.weft.proto.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryResponse;
import dev.weft.proto.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A control plane that says what the test makes it say, and keeps what it hears. */
final class ScriptedControlPlane implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final long PATIENCE_SECONDS = 30;

    final String name = "scripted-" + NAMES.incrementAndGet() + ":1";
    private final String identifier;
    private final BlockingQueue<DeltaDiscoveryRequest> delta = new LinkedBlockingQueue<>();
    private final BlockingQueue<DiscoveryRequest> state = new LinkedBlockingQueue<>();
    private final AtomicInteger nonces = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile StreamObserver<DeltaDiscoveryResponse> deltaOut;
    private volatile StreamObserver<DiscoveryResponse> stateOut;
    private Server server;

    private ScriptedControlPlane(String identifier) {
        this.identifier = identifier;
    }

    static ScriptedControlPlane meshControl() throws IOException {
        return new ScriptedControlPlane("mesh-control/test").start();
    }

    static ScriptedControlPlane istiod() throws IOException {
        return new ScriptedControlPlane("{\"Component\":\"istiod\"}").start();
    }

    /** Begins to listen, again after {@link #close}. */
    ScriptedControlPlane start() throws IOException {
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(new Service())
                .build()
                .start();
        return this;
    }

    static ManagedChannel channel(String server) {
        return InProcessChannelBuilder.forName(server).directExecutor().build();
    }

    /** How many streams were opened so far. */
    int streams() {
        return streams.get();
    }

    /** Cuts the stream and stops listening. */
    @Override
    public void close() {
        server.shutdownNow();
        delta.clear();
        state.clear();
    }

    /** Cuts the stream; goes on listening. */
    void cut() {
        delta.clear();
        deltaOut.onError(io.grpc.Status.UNAVAILABLE.withDescription("cut").asRuntimeException());
    }

    /** The next request of a type that is a subscription and not an answer. */
    DeltaDiscoveryRequest asked(ResourceType type) {
        return next(
                delta,
                request -> request.getTypeUrl().equals(type.url())
                        && request.getResponseNonce().isEmpty());
    }

    /** The answer to the push of that nonce. */
    DeltaDiscoveryRequest answer(String nonce) {
        return next(delta, request -> request.getResponseNonce().equals(nonce));
    }

    DeltaDiscoveryRequest health() {
        return next(delta, request -> request.getTypeUrl().equals(AdsStream.HEALTH_TYPE));
    }

    /** Whether a request of that type that is no answer has come and not been looked at. */
    boolean wasAsked(ResourceType type) {
        return delta.stream()
                .anyMatch(request -> request.getTypeUrl().equals(type.url())
                        && request.getResponseNonce().isEmpty());
    }

    boolean wasAskedFor(String typeUrl) {
        return delta.stream().anyMatch(request -> request.getTypeUrl().equals(typeUrl));
    }

    /** Forgets what was heard. */
    void clear() {
        delta.clear();
        state.clear();
    }

    DiscoveryRequest state(ResourceType type, Predicate<DiscoveryRequest> which) {
        return next(state, request -> request.getTypeUrl().equals(type.url()) && which.test(request));
    }

    private static <T> T next(BlockingQueue<T> queue, Predicate<T> wanted) {
        try {
            while (true) {
                T request = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (request == null) {
                    throw new AssertionError("no such request within " + PATIENCE_SECONDS + " s");
                }
                if (wanted.test(request)) {
                    return request;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Pushes these, all of one type, each with version {@code v}; returns the nonce. */
    String push(ResourceType type, Message... resources) {
        DeltaDiscoveryResponse.Builder response = response(type);
        for (Message resource : resources) {
            response.addResources(Resource.newBuilder()
                    .setName(Resources.name(resource))
                    .setVersion("v")
                    .setResource(Any.pack(resource)));
        }
        deltaOut.onNext(response.build());
        return response.getNonce();
    }

    /** Pushes a resource under another name than its own. */
    String push(ResourceType type, String name, Message resource) {
        DeltaDiscoveryResponse.Builder response = response(type)
                .addResources(
                        Resource.newBuilder().setName(name).setVersion("v").setResource(Any.pack(resource)));
        deltaOut.onNext(response.build());
        return response.getNonce();
    }

    String remove(ResourceType type, String... names) {
        DeltaDiscoveryResponse.Builder response = response(type).addAllRemovedResources(List.of(names));
        deltaOut.onNext(response.build());
        return response.getNonce();
    }

    /** Answers a goodbye. */
    void seeOff() {
        deltaOut.onNext(DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(AdsStream.HEALTH_TYPE)
                .build());
    }

    private DeltaDiscoveryResponse.Builder response(ResourceType type) {
        return DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(type.url())
                .setNonce("n" + nonces.incrementAndGet())
                .setSystemVersionInfo("rev")
                .setControlPlane(ControlPlane.newBuilder().setIdentifier(identifier));
    }

    /** Pushes the state of the world. */
    String pushAll(ResourceType type, String version, Message... resources) {
        DiscoveryResponse.Builder response = DiscoveryResponse.newBuilder()
                .setTypeUrl(type.url())
                .setNonce("n" + nonces.incrementAndGet())
                .setVersionInfo(version)
                .setControlPlane(ControlPlane.newBuilder().setIdentifier(identifier));
        for (Message resource : resources) {
            response.addResources(Any.pack(resource));
        }
        stateOut.onNext(response.build());
        return response.getNonce();
    }

    private final class Service extends AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase {
        @Override
        public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
                StreamObserver<DeltaDiscoveryResponse> responses) {
            deltaOut = responses;
            streams.incrementAndGet();
            return new Recorder<>(delta);
        }

        @Override
        public StreamObserver<DiscoveryRequest> streamAggregatedResources(StreamObserver<DiscoveryResponse> responses) {
            stateOut = responses;
            streams.incrementAndGet();
            return new Recorder<>(state);
        }
    }

    private record Recorder<T>(BlockingQueue<T> into) implements StreamObserver<T> {
        @Override
        public void onNext(T request) {
            into.add(request);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
