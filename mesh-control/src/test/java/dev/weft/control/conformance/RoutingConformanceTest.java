package dev.weft.control.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.store.ConfigStore;
import dev.weft.control.translate.Translator;
import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshRequest;
import dev.weft.http.MeshResponse;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shared routing cases for real: a control plane with the group's configuration, a Weft client as that workload, servers on the
 * addresses and ports of the ServiceEntries. Those are fixed by the data, so the test steps aside where they are taken.
 */
class RoutingConformanceTest {
    /** How long a copy may be on its way after the answer has come. */
    private static final long COPY_MILLIS = 2000;

    private static final String ADDRESS = "127.0.2.1";

    @TempDir
    Path data = Path.of("");

    @Test
    void aWeftClientDoesWhatEnvoyDid() throws IOException, InterruptedException {
        List<Cases> groups = Cases.all();
        assumeFalse(groups.isEmpty(), "the shared conformance data is not beside the project");
        Tally tally = new Tally();
        for (Cases group : groups) {
            try (EchoServers servers = EchoServers.of(group.config())) {
                run(group, servers, tally);
            } catch (BindException e) {
                abort("an address that the conformance data fixes is taken: " + e.getMessage());
            }
        }
        tally.print("Routing conformance, over sockets");
        // All of them, here; two cases measure time, which a busy machine may take more of.
        assertThat(tally.misses()).hasSizeLessThanOrEqualTo(2);
        assertThat(tally.all()).isGreaterThanOrEqualTo(100);
    }

    private void run(Cases group, EchoServers servers, Tally tally) throws IOException, InterruptedException {
        ConfigSnapshot config = group.config();
        Attempts attempts = new Attempts();
        try (ControlPlane control = ControlPlane.start(
                        ControlPlaneOptions.of(data).withPort(0),
                        ConfigStore.of(config.config(), config.mesh()),
                        Translator::new);
                Mesh mesh = client(group, control, attempts)) {
            mesh.awaitReady(Duration.ofSeconds(10));
            MeshHttpClient http = MeshHttpClient.of(mesh);
            for (Cases.Case one : group.cases()) {
                servers.behave(one.backend());
                attempts.forget();
                tally.add(group.group(), one.id(), Comparison.of(one, send(http, group, one, servers, attempts)));
            }
        }
    }

    private Mesh client(Cases group, ControlPlane control, Attempts attempts) {
        Mesh.Builder builder = Mesh.builder()
                .ignoreEnvironment()
                .service(group.asker().serviceAccount())
                .serviceAccount(group.asker().serviceAccount())
                .namespace(group.asker().namespace())
                .controlPlane(control.target())
                .trust(Trust.none())
                .dataDirectory(data.resolve(group.group()))
                .observer(attempts);
        group.asker().labels().forEach(builder::label);
        return builder.start();
    }

    private static Outcome send(
            MeshHttpClient http, Cases group, Cases.Case one, EchoServers servers, Attempts attempts)
            throws InterruptedException {
        MeshRequest request = MeshRequest.of(one.method(), "http://" + ADDRESS + ":" + group.port() + one.path())
                .header("host", one.host());
        List<String[]> fields = new ArrayList<>();
        one.headers().forEach((name, value) -> fields.add(new String[] {name, value}));
        for (String[] field : fields) {
            request = request.header(field[0], field[1]);
        }
        long begin = System.nanoTime();
        int status;
        String body;
        dev.weft.request.Headers headers;
        try (MeshResponse response = http.send(request)) {
            status = response.status();
            headers = response.headers();
            body = response.text();
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        List<EchoServers.Arrival> arrivals = new ArrayList<>();
        // Attempts are noted before they are sent; what was sent arrives.
        int sent = attempts.all().size();
        for (int i = 0; i < sent; i++) {
            EchoServers.Arrival arrival = servers.next(COPY_MILLIS);
            if (arrival != null) {
                arrivals.add(arrival);
            }
        }
        return new Outcome(status, headers, body, attempts.all(), arrivals, millis);
    }
}
