package dev.weft.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.ads.HandmadeSource;
import dev.weft.control.ads.Nodes;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.store.ConfigStore;
import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.proto.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All clients come at once, as after a restart of the control plane. Wants the machine for itself. */
@Tag("load")
final class ReconnectStormTest {
    private static final int CLIENTS = 500;
    private static final int SERVICES = 1_000;
    private static final int USED = 20;
    private static final Set<ResourceType> BY_NAME =
            EnumSet.of(ResourceType.LISTENER, ResourceType.ROUTE, ResourceType.CLUSTER, ResourceType.ENDPOINT);

    @Test
    void fiveHundredClientsAreConfiguredWithinTenSeconds() throws Exception {
        Machine.assumeQuiet();
        HandmadeSource source = new HandmadeSource();
        for (int i = 0; i < SERVICES; i++) {
            source.put(ResourceType.VIRTUAL_HOST, HandmadeSource.visible(name(i)))
                    .put(ResourceType.LISTENER, HandmadeSource.listener(name(i), "1"))
                    .put(ResourceType.ROUTE, HandmadeSource.routes(name(i), "1"))
                    .put(ResourceType.CLUSTER, HandmadeSource.cluster(name(i), "1"))
                    .put(ResourceType.ENDPOINT, HandmadeSource.endpoints(name(i), 100));
        }
        source.publish();
        AtomicLongArray nanos = new AtomicLongArray(CLIENTS);
        CountDownLatch done = new CountDownLatch(CLIENTS);
        List<ManagedChannel> channels = new ArrayList<>();
        try (ControlPlane plane = ControlPlane.start(
                ControlPlaneOptions.of(Path.of("unused")).withPort(0),
                ConfigStore.of(IstioConfig.EMPTY, MeshConfig.DEFAULT),
                (store, registry) -> source)) {
            long start = System.nanoTime();
            for (int i = 0; i < CLIENTS; i++) {
                ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", plane.port())
                        .usePlaintext()
                        .directExecutor()
                        .build();
                channels.add(channel);
                int client = i;
                new Client(channel, client, () -> {
                    nanos.set(client, System.nanoTime() - start);
                    done.countDown();
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            long[] sorted =
                    IntStream.range(0, CLIENTS).mapToLong(nanos::get).sorted().toArray();
            System.out.printf(
                    "%d clients configured: median %d ms, p99 %d ms%n",
                    CLIENTS, sorted[CLIENTS / 2] / 1_000_000, sorted[CLIENTS * 99 / 100] / 1_000_000);
            assertThat(Duration.ofNanos(sorted[CLIENTS * 99 / 100])).isLessThan(Duration.ofSeconds(10));
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    private static String name(int service) {
        return "service-" + service + ".default.svc.cluster.local:9080";
    }

    /** Subscribes to the index and to what it uses, as a Weft client does, and says when it has everything. */
    private static final class Client implements StreamObserver<DeltaDiscoveryResponse> {
        private final StreamObserver<DeltaDiscoveryRequest> requests;
        private final Runnable configured;
        private int resources;

        Client(ManagedChannel channel, int number, Runnable configured) {
            this.configured = configured;
            this.requests = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
            Node node = Nodes.weft("client-" + number, "default", "caller", 1, 40_000);
            send(DeltaDiscoveryRequest.newBuilder().setNode(node).setTypeUrl(ResourceType.VIRTUAL_HOST.typeUrl()));
            for (ResourceType type : BY_NAME) {
                DeltaDiscoveryRequest.Builder request =
                        DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.typeUrl());
                for (int i = 0; i < USED; i++) {
                    request.addResourceNamesSubscribe(name((number + i * 37) % SERVICES));
                }
                send(request);
            }
        }

        private synchronized void send(DeltaDiscoveryRequest.Builder request) {
            requests.onNext(request.build());
        }

        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            send(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setResponseNonce(response.getNonce()));
            boolean before = resources >= SERVICES + USED * BY_NAME.size();
            resources += response.getResourcesCount();
            if (!before && resources >= SERVICES + USED * BY_NAME.size()) {
                configured.run();
            }
        }

        @Override
        public void onError(Throwable error) {
            // The latch tells.
        }

        @Override
        public void onCompleted() {
            // The latch tells.
        }
    }
}
