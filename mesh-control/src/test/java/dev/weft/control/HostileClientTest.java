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
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one client does may not harm the others. */
final class HostileClientTest {
    private static final int MEGABYTE = 1 << 20;
    /** Would write a stack trace for each client that is cut off here. */
    private static final Logger NOISE = Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty");

    private final HandmadeSource source = new HandmadeSource();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private ControlPlane plane;

    @BeforeEach
    void start() throws IOException {
        NOISE.setLevel(Level.OFF);
        plane = ControlPlane.start(
                ControlPlaneOptions.of(Path.of("unused")).withPort(0),
                ConfigStore.of(IstioConfig.EMPTY, MeshConfig.DEFAULT),
                (store, registry) -> source);
    }

    @AfterEach
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        plane.close();
        NOISE.setLevel(null);
    }

    @Test
    void readersThatStopReadingCostNoMemoryAndDelayNobody() throws Exception {
        source.put(ResourceType.ROUTE, HandmadeSource.routes("big", "0".repeat(MEGABYTE)))
                .publish();
        for (int i = 0; i < 20; i++) {
            ClientCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> deaf = call();
            deaf.start(new ClientCall.Listener<>() {}, new Metadata());
            deaf.sendMessage(big(i));
        }
        TestClient.until(() -> plane.clients() == 20);
        try (TestClient healthy =
                TestClient.connect(plane.port(), Nodes.weft("healthy", "default", "caller", 1, 40_000))) {
            healthy.subscribe(ResourceType.ROUTE, "big");
            healthy.ack(healthy.next());
            long before = heap();
            for (int i = 0; i < 20; i++) {
                source.put(
                                ResourceType.ROUTE,
                                HandmadeSource.routes(
                                        "big", Integer.toString(i % 10).repeat(MEGABYTE) + i))
                        .publish();
                healthy.ack(healthy.next());
            }
            // Piled up, this would be 400 MB.
            assertThat(heap() - before).isLessThan(100L * MEGABYTE);
        }
    }

    @Test
    void hugeRequestEndsItsOwnStreamOnly() throws Exception {
        try (TestClient healthy =
                TestClient.connect(plane.port(), Nodes.weft("healthy", "default", "caller", 1, 40_000))) {
            healthy.subscribe(ResourceType.VIRTUAL_HOST);
            healthy.ack(healthy.next());
            assertThat(outcome(
                                    new Metadata(),
                                    DeltaDiscoveryRequest.newBuilder()
                                            .setTypeUrl("x".repeat(5 * MEGABYTE))
                                            .build())
                            .isOk())
                    .isFalse();
            source.put(ResourceType.VIRTUAL_HOST, HandmadeSource.visible("a")).publish();
            assertThat(healthy.next().getResourcesCount()).isEqualTo(1);
        }
    }

    @Test
    void hugeHeadersAreRefused() throws Exception {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-big", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(MEGABYTE));
        assertThat(outcome(headers, big(0)).isOk()).isFalse();
        assertThat(plane.clients()).isZero();
    }

    private Status outcome(Metadata headers, DeltaDiscoveryRequest request) throws Exception {
        CompletableFuture<Status> outcome = new CompletableFuture<>();
        ClientCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call = call();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        outcome.complete(status);
                    }
                },
                headers);
        call.request(1);
        call.sendMessage(request);
        return outcome.get(20, TimeUnit.SECONDS);
    }

    private ClientCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call() {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", plane.port())
                .usePlaintext()
                .build();
        channels.add(channel);
        return channel.newCall(AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod(), CallOptions.DEFAULT);
    }

    private static DeltaDiscoveryRequest big(int number) {
        return DeltaDiscoveryRequest.newBuilder()
                .setNode(Nodes.weft("deaf-" + number, "default", "caller", 1, 40_000))
                .setTypeUrl(ResourceType.ROUTE.typeUrl())
                .addResourceNamesSubscribe("big")
                .build();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
