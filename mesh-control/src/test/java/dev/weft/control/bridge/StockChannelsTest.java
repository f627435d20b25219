package dev.weft.control.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TestClient;
import dev.weft.control.ads.AdsOptions;
import dev.weft.grpc.bridge.MeshXdsBridge;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.xds.XdsChannelCredentials;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels of stock grpc-xds in a process with a mesh, steered by Istio YAML over the mesh's stream. */
final class StockChannelsTest {
    @TempDir
    Path directory;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private Path config;
    private ControlPlane plane;
    private String target;

    @BeforeEach
    void start() throws Exception {
        config = Files.createDirectory(directory.resolve("mesh"));
        plane = ControlPlane.start(ControlPlaneOptions.of(config)
                .withPort(0)
                .withAds(AdsOptions.DEFAULT.withDebounce(Duration.ofMillis(2), Duration.ofMillis(50))));
        parts.push(plane);
        target = plane.target();
    }

    @AfterEach
    void stop() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    @Test
    void aChannelFollowsRulesAndEndpointsOverTheMeshsOneStream() throws Exception {
        int one = server("one");
        int two = server("two");
        configure(one, two, "v1");
        bridged();
        ManagedChannel channel = channel("xds:///greeter:8080");

        assertThat(Greeter.greet(channel)).isEqualTo("one");
        configure(one, two, "v2");
        TestClient.until(() -> Greeter.greet(channel).equals("two"));
        int three = server("three");
        configure(one, three, "v2");
        TestClient.until(() -> Greeter.greet(channel).equals("three"));
        assertThat(plane.clients()).isEqualTo(1);
    }

    @Test
    void aNameThatTheControlPlaneDoesNotKnowIsSaidNotToExist() throws Exception {
        configure(server("one"), server("two"), "v1");
        bridged();

        assertThatThrownBy(() -> Greeter.greet(channel("xds:///nobody:8080"))).hasMessageContaining("nobody:8080");
    }

    @Test
    void withTheControlPlaneAwayAChannelStartsFromTheMeshsDisk() throws Exception {
        configure(server("one"), server("two"), "v1");
        try (Mesh before = bridged()) {
            assertThat(Greeter.greet(channel("xds:///greeter:8080"))).isEqualTo("one");
            parts.pop().close();
        }
        plane.close();

        bridged();

        assertThat(Greeter.greet(channel("xds:///greeter:8080"))).isEqualTo("one");
        assertThatThrownBy(() -> Greeter.greet(channel("xds:///ratings:8080")))
                .as("a name that was not used before")
                .hasMessageContaining("UNAVAILABLE")
                .hasMessageContaining(target);
    }

    private Mesh bridged() {
        Mesh mesh = Mesh.builder()
                .ignoreEnvironment()
                .service("caller")
                .controlPlane(target)
                .dataDirectory(directory.resolve("caller"))
                .meterRegistry(new SimpleMeterRegistry())
                .start();
        parts.push(mesh);
        mesh.awaitReady(Duration.ofSeconds(20));
        TestClient.until(() -> mesh.knows("greeter:8080"));
        MeshXdsBridge.install(mesh);
        return mesh;
    }

    private ManagedChannel channel(String target) {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        target, XdsChannelCredentials.create(InsecureChannelCredentials.create()))
                .build();
        parts.push(channel::shutdownNow);
        return channel;
    }

    private int server(String name) throws Exception {
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(Greeter.service(name))
                .build()
                .start();
        parts.push(server::shutdownNow);
        return server.getPort();
    }

    private void configure(int v1, int v2, String to) throws Exception {
        Path fresh = Files.writeString(directory.resolve("fresh"), """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: greeter}
                spec:
                  hosts: [greeter.default.svc.cluster.local]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  ports: [{number: 8080, name: main, protocol: GRPC}]
                  endpoints:
                  - {address: 127.0.0.1, ports: {main: %d}, labels: {version: v1}}
                  - {address: 127.0.0.1, ports: {main: %d}, labels: {version: v2}}
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: greeter}
                spec:
                  host: greeter
                  subsets:
                  - {name: v1, labels: {version: v1}}
                  - {name: v2, labels: {version: v2}}
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: greeter}
                spec:
                  hosts: [greeter]
                  http:
                  - route: [{destination: {host: greeter, subset: %s}}]
                """.formatted(v1, v2, to));
        Files.move(
                fresh,
                config.resolve("greeter.yaml"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}
