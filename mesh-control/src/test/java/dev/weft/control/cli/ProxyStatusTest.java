package dev.weft.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TestClient;
import dev.weft.control.ads.HandmadeSource;
import dev.weft.control.ads.Nodes;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.store.ConfigStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ProxyStatusTest {
    private final HandmadeSource source = new HandmadeSource();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ControlPlane plane;

    @BeforeEach
    void start() throws IOException {
        source.put(ResourceType.ROUTE, HandmadeSource.routes("reviews:9080", "1"))
                .publish();
        plane = ControlPlane.start(
                ControlPlaneOptions.of(Path.of("unused")).withPort(0),
                ConfigStore.of(IstioConfig.EMPTY, MeshConfig.DEFAULT),
                (store, registry) -> source);
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    @Test
    void nobodyConnectedIsSaidAndIsGood() {
        assertThat(run("--server", plane.target())).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("no client is connected");
    }

    @Test
    void clientsAreListedWithWhatTheyAccepted() throws Exception {
        try (TestClient reviews =
                TestClient.connect(plane.port(), Nodes.weft("reviews-1", "default", "reviews", 1, 40_001))) {
            reviews.subscribe(ResourceType.ROUTE, "reviews:9080");
            reviews.ack(reviews.next());
            TestClient.until(
                    () -> run("--server", plane.target()) == 0 && out.toString().contains("ready"));
            assertThat(out.toString().lines().toList()).hasSize(2).satisfies(lines -> {
                assertThat(lines.get(0).split("\\s+"))
                        .containsExactly(
                                "NODE", "SERVICE", "CLIENT", "STREAM", "CDS", "EDS", "LDS", "RDS", "IDENTITY", "STATE");
                assertThat(lines.get(1)).matches("reviews-1 +reviews v1 +weft 0\\.1 +\\d+s +- +- +- +ACK +- +ready");
            });
        }
    }

    @Test
    void refusalIsAFindingWithTheClientsWords() throws Exception {
        try (TestClient reviews =
                TestClient.connect(plane.port(), Nodes.weft("reviews-1", "default", "reviews", 1, 40_001))) {
            reviews.subscribe(ResourceType.ROUTE, "reviews:9080");
            reviews.nack(reviews.next(), "reviews:9080: virtual_hosts\nis empty");
            TestClient.until(() -> run("--server", plane.target()) == 1);
            assertThat(out.toString())
                    .contains("NACK")
                    .contains("1 refusal: reviews-1  RDS reviews:9080  reviews:9080: virtual_hosts is empty");
            assertThat(run("--server", plane.target(), "-o", "jsonl")).isEqualTo(1);
            assertThat(out.toString())
                    .startsWith("{\"node\":\"reviews-1\"")
                    .contains("\"RDS\":{\"status\":\"NACK\"")
                    .contains("\"kind\":\"WEFT\"");
        }
    }

    @Test
    void controlPlaneThatIsNotThereIsExitCodeThree() {
        plane.close();
        assertThat(run("--server", "127.0.0.1:1")).isEqualTo(3);
        assertThat(err.toString()).contains("127.0.0.1:1 cannot be reached").contains("refused");
    }

    @Test
    void serverThatIsNoAddressIsWrongUsage() {
        assertThat(run("--server", "nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("nonsense").contains("HOST:PORT");
        assertThat(run("--server", "localhost:99999")).isEqualTo(2);
        assertThat(run("--server", "dns:///localhost:1")).isEqualTo(2);
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        return new CommandLine(new ProxyStatusCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
