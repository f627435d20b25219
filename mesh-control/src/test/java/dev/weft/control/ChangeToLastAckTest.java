package dev.weft.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.ads.HandmadeSource;
import dev.weft.control.ads.Nodes;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.store.ConfigStore;
import dev.weft.proto.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From a change to the last of 2,000 acknowledgements, the debounce included. Wants the machine for itself. */
@Tag("load")
final class ChangeToLastAckTest {
    private static final int STREAMS = 2_000;
    private static final int CHANGES = 30;
    private static final String CLUSTER = "outbound|9080||reviews.default.svc.cluster.local";

    /** Counts the responses of one round; replaced before each change. */
    private volatile CountDownLatch round = new CountDownLatch(STREAMS);

    @Test
    void changeReachesTwoThousandStreamsWithinASecond() throws Exception {
        Machine.assumeQuiet();
        HandmadeSource source = new HandmadeSource();
        source.put(ResourceType.ENDPOINT, HandmadeSource.endpoints(CLUSTER, 100))
                .publish();
        List<ManagedChannel> channels = new ArrayList<>();
        try (ControlPlane plane = ControlPlane.start(
                ControlPlaneOptions.of(Path.of("unused")).withPort(0),
                ConfigStore.of(IstioConfig.EMPTY, MeshConfig.DEFAULT),
                (store, registry) -> source)) {
            for (int i = 0; i < STREAMS; i++) {
                channels.add(connect(plane.port(), i));
            }
            await();
            long[] nanos = new long[CHANGES];
            for (int i = 0; i < CHANGES; i++) {
                round = new CountDownLatch(STREAMS);
                long start = System.nanoTime();
                source.put(ResourceType.ENDPOINT, HandmadeSource.endpoints(CLUSTER, 101 + i))
                        .publish();
                await();
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "%d streams, change to last acknowledgement: median %d ms, worst of %d: %d ms%n",
                    STREAMS, nanos[CHANGES / 2] / 1_000_000, CHANGES, nanos[CHANGES - 1] / 1_000_000);
            assertThat(Duration.ofNanos(nanos[CHANGES - 1])).isLessThan(Duration.ofSeconds(1));
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    private void await() throws InterruptedException {
        assertThat(round.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private ManagedChannel connect(int port, int number) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
        new StreamObserver<DeltaDiscoveryResponse>() {
            private final StreamObserver<DeltaDiscoveryRequest> requests =
                    AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);

            void subscribe() {
                requests.onNext(DeltaDiscoveryRequest.newBuilder()
                        .setNode(Nodes.weft("client-" + number, "default", "caller", 1, 40_000))
                        .setTypeUrl(ResourceType.ENDPOINT.typeUrl())
                        .addResourceNamesSubscribe(CLUSTER)
                        .build());
            }

            @Override
            public void onNext(DeltaDiscoveryResponse response) {
                requests.onNext(DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(response.getTypeUrl())
                        .setResponseNonce(response.getNonce())
                        .build());
                round.countDown();
            }

            @Override
            public void onError(Throwable error) {
                // The latch tells.
            }

            @Override
            public void onCompleted() {
                // The latch tells.
            }
        }.subscribe();
        return channel;
    }
}
