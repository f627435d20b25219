package dev.weft.control;

import com.google.rpc.Status;
import dev.weft.control.ads.ResourceType;
import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.proto.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A delta client over a real connection, one call at a time. */
public final class TestClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Runnable end;
    private final BlockingQueue<DeltaDiscoveryResponse> responses = new LinkedBlockingQueue<>();
    private final StreamObserver<DeltaDiscoveryRequest> requests;
    private @Nullable Node node;

    /** Set once, by the transport's thread. */
    private volatile @Nullable Throwable ended;

    private TestClient(Channel channel, Runnable end, Node node) {
        this.end = end;
        this.node = node;
        this.requests = AggregatedDiscoveryServiceGrpc.newStub(channel)
                .deltaAggregatedResources(new StreamObserver<>() {
                    @Override
                    public void onNext(DeltaDiscoveryResponse response) {
                        responses.add(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        ended = error;
                    }

                    @Override
                    public void onCompleted() {
                        ended = new IllegalStateException("completed");
                    }
                });
    }

    public static TestClient connect(int port, Node node) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        return new TestClient(channel, channel::shutdownNow, node);
    }

    /** Over a channel that somebody else closes. */
    public static TestClient over(Channel channel, Node node) {
        return new TestClient(channel, () -> {}, node);
    }

    /** The status with which the stream ended; waits for it. */
    public io.grpc.Status end() {
        until(() -> ended != null);
        return io.grpc.Status.fromThrowable(ended);
    }

    public void send(DeltaDiscoveryRequest.Builder request) {
        Node introduction = node;
        if (introduction != null) {
            request.setNode(introduction);
            node = null;
        }
        requests.onNext(request.build());
    }

    /** Sends this node with the next request. */
    public void introduceAs(Node next) {
        node = next;
    }

    /** How many responses have come that nobody has looked at. */
    public int waiting() {
        return responses.size();
    }

    public void subscribe(ResourceType type, String... names) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .addAllResourceNamesSubscribe(List.of(names)));
    }

    public void ack(DeltaDiscoveryResponse response) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce()));
    }

    public void nack(DeltaDiscoveryResponse response, String message) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .setErrorDetail(Status.newBuilder().setCode(3).setMessage(message)));
    }

    public DeltaDiscoveryResponse next() throws InterruptedException {
        DeltaDiscoveryResponse response = responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (response == null) {
            throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s, stream: " + ended);
        }
        return response;
    }

    /** Why the stream ended, or null while it has not. */
    public @Nullable Throwable ended() {
        return ended;
    }

    /** Waits for a condition, without a limit of its own on how often it is looked at. */
    public static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
