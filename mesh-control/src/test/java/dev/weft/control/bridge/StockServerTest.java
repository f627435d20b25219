package dev.weft.control.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.Encryption;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TestClient;
import dev.weft.control.TlsOptions;
import dev.weft.control.ads.AdsOptions;
import dev.weft.grpc.bridge.MeshXdsBridge;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.xds.XdsChannelCredentials;
import io.grpc.xds.XdsServerBuilder;
import io.grpc.xds.XdsServerCredentials;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of stock grpc-xds in a process with a mesh: its certificate, and who may call what, come from there. */
final class StockServerTest {
    @TempDir
    Path directory;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private Path config;

    @AfterEach
    void stop() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    @Test
    void aServerSpeaksMutualTlsAndJudgesCallersAsThePolicySays() throws Exception {
        config = Files.createDirectory(directory.resolve("mesh"));
        allow("reviews");
        ControlPlane plane = ControlPlane.start(ControlPlaneOptions.of(config)
                .withPort(0)
                .withAds(AdsOptions.DEFAULT.withDebounce(Duration.ofMillis(2), Duration.ofMillis(50)))
                .withTls(TlsOptions.DEFAULT.withPort(0).withLocalToken(directory.resolve("token"))));
        parts.push(plane);
        Mesh mesh = Mesh.builder()
                .ignoreEnvironment()
                .service("reviews")
                .controlPlane(plane.target())
                .trust(Trust.localToken(directory.resolve("token")))
                .dataDirectory(directory.resolve("reviews"))
                .meterRegistry(new SimpleMeterRegistry())
                .drainTimeout(Duration.ZERO)
                .start();
        parts.push(mesh);
        mesh.awaitReady(Duration.ofSeconds(20));
        MeshXdsBridge.install(mesh);

        Server server = XdsServerBuilder.forPort(0, XdsServerCredentials.create(InsecureServerCredentials.create()))
                .addService(Greeter.service("reviews"))
                .build()
                .start();
        parts.push(server::shutdownNow);
        mesh.listening(
                "grpc",
                "grpc",
                9090,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()),
                Encryption.MUTUAL_TLS);
        TestClient.until(() -> mesh.knows("reviews:9090"));
        ManagedChannel channel = channel("xds:///reviews:9090");
        TestClient.until(() -> outcome(channel).equals("reviews"));
        assertThat(outcome(channel("127.0.0.1:" + server.getPort()))).startsWith("UNAVAILABLE");

        allow("others");
        TestClient.until(() -> outcome(channel).startsWith("PERMISSION_DENIED"));
        assertThat(plane.clients()).isEqualTo(1);
    }

    private ManagedChannel channel(String target) {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        target, XdsChannelCredentials.create(InsecureChannelCredentials.create()))
                .build();
        parts.push(channel::shutdownNow);
        return channel;
    }

    private static String outcome(ManagedChannel channel) {
        try {
            return Greeter.greet(channel);
        } catch (StatusRuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void allow(String account) throws Exception {
        Path fresh = Files.writeString(directory.resolve("fresh"), """
                apiVersion: security.istio.io/v1
                kind: PeerAuthentication
                metadata: {name: all}
                spec: {mtls: {mode: STRICT}}
                ---
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: greeters}
                spec:
                  rules:
                  - from: [{source: {principals: [cluster.local/ns/default/sa/%s]}}]
                    to: [{operation: {paths: [/test.Greeter/Greet]}}]
                """.formatted(account));
        Files.move(
                fresh,
                config.resolve("security.yaml"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}
