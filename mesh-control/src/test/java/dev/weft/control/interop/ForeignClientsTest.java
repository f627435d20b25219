package dev.weft.control.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that know nothing of Weft, steered by Istio YAML through the real control plane: each sees the same service, the
 * traffic split, and the change of an endpoint.
 */
@Tag("interop")
final class ForeignClientsTest {
    private static final int CALLS = 1_000;

    private ControlPlane plane;
    private Path yaml;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws IOException {
        Path mesh = Files.createDirectory(directory.resolve("mesh"));
        yaml = mesh.resolve("greeter.yaml");
        plane = ControlPlane.start(ControlPlaneOptions.of(mesh).withPort(0));
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    @Test
    void grpcJavaFollowsSplitAndEndpoints() throws Exception {
        try (Backend one = Backend.grpc();
                Backend two = Backend.grpc();
                Backend three = Backend.grpc()) {
            configure(Yaml.greeter(8080, "GRPC", List.of(one.port()), List.of(two.port()), 30));
            try (Calls calls = ProbeProcess.java(plane.port())) {
                follow(calls, "GRPC", 8080, one, two, three);
            }
        }
    }

    @Test
    void grpcForNodeFollowsSplitAndEndpoints() throws Exception {
        try (Backend one = Backend.grpc();
                Backend two = Backend.grpc();
                Backend three = Backend.grpc()) {
            configure(Yaml.greeter(8080, "GRPC", List.of(one.port()), List.of(two.port()), 30));
            try (Calls calls = ProbeProcess.node(plane.port())) {
                follow(calls, "GRPC", 8080, one, two, three);
            }
        }
    }

    @Test
    void envoyFollowsSplitAndEndpointsByDelta() throws Exception {
        envoyFollows("DELTA_GRPC");
    }

    @Test
    void envoyFollowsSplitAndEndpointsByStateOfTheWorld() throws Exception {
        envoyFollows("GRPC");
    }

    private void envoyFollows(String mode) throws Exception {
        int listener = freePort();
        try (Backend one = Backend.http();
                Backend two = Backend.http();
                Backend three = Backend.http()) {
            configure(Yaml.greeter(listener, "HTTP", List.of(one.port()), List.of(two.port()), 30));
            try (EnvoyProcess envoy = EnvoyProcess.start(directory, mode, plane.port(), listener)) {
                follow(envoy, "HTTP", listener, one, two, three);
                assertThat(envoy.stat("cluster_manager.cds.update_rejected")).isZero();
                assertThat(envoy.stat("listener_manager.lds.update_rejected")).isZero();
                assertThat(envoy.stat("cluster_manager.warming_clusters")).isZero();
            } catch (AssertionError e) {
                e.addSuppressed(new AssertionError(Files.readString(directory.resolve("envoy.log"))));
                throw e;
            }
        }
    }

    /** Split 70 to 30, then everything to v2, then v2 elsewhere, then v1 with two endpoints. */
    private void follow(Calls calls, String protocol, int port, Backend one, Backend two, Backend three)
            throws Exception {
        calls.until(Set.of(one.peer(), two.peer()));
        Map<String, Integer> split = calls.call(CALLS);
        assertThat(split).containsOnlyKeys(one.peer(), two.peer());
        assertThat(split.get(two.peer())).isCloseTo(CALLS * 30 / 100, within(CALLS * 5 / 100));

        configure(Yaml.greeter(port, protocol, List.of(one.port()), List.of(two.port()), 100));
        calls.until(Set.of(two.peer()));

        configure(Yaml.greeter(port, protocol, List.of(one.port()), List.of(three.port()), 100));
        calls.until(Set.of(three.peer()));

        configure(Yaml.greeter(port, protocol, List.of(one.port(), two.port()), List.of(three.port()), 0));
        calls.until(Set.of(one.peer(), two.peer()));
        assertThat(calls.call(100)).containsOnlyKeys(one.peer(), two.peer());
    }

    private void configure(String text) throws IOException {
        Path fresh = Files.writeString(directory.resolve("fresh"), text);
        Files.move(fresh, yaml, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Envoy binds it itself, on the word of the control plane. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
