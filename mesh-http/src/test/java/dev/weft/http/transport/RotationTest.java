package dev.weft.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Cluster;
import dev.weft.http.MeshResponse;
import dev.weft.http.identity.Workloads;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.runtime.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates of both sides change again and again under load, and then the root, in its stages. No policy retries here: a
 * request that a rotation harmed would be a failed one.
 */
@Timeout(120)
final class RotationTest {
    private static final Logger log = LoggerFactory.getLogger(RotationTest.class);
    private static final int CALLERS = 6;
    private static final int ROTATIONS = 12;

    private final MutualTls mesh = new MutualTls();
    private final AtomicLong calls = new AtomicLong();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    RotationTest() throws Exception {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noRequestFailsWhileCertificatesAndThenTheRootChange(boolean http2) throws Exception {
        Workloads next = new Workloads();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        AtomicBoolean over = new AtomicBoolean();
        try (TestServer one = mesh.start("v1", http2);
                TestServer two = mesh.start("v2", http2);
                Station station = Station.of(
                        Snapshots.reviews()
                                .protocol(http2 ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1)
                                .tls(MutualTls.towardsReviews())
                                .at(one.address(), two.address()),
                        World.system(),
                        mesh.productpage)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String path = i % 3 == 0 ? "/slow/40" : i % 3 == 1 ? "/stream/200000" : "/echo";
                running.add(callers.submit(() -> call(station, path, over)));
            }
            long began = System.nanoTime();
            int epoch = 2;
            for (; epoch < 2 + ROTATIONS; epoch++) {
                mesh.productpage.set(mesh.ca.identity(MutualTls.PRODUCTPAGE, epoch));
                some();
                mesh.reviews.set(mesh.ca.identity(MutualTls.REVIEWS, epoch));
                some();
            }
            // Both roots everywhere, then certificates of the new one, then the new one alone.
            mesh.reviews.set(mesh.ca.identity(MutualTls.REVIEWS, epoch, mesh.ca.root, next.root));
            mesh.productpage.set(mesh.ca.identity(MutualTls.PRODUCTPAGE, epoch, mesh.ca.root, next.root));
            some();
            mesh.productpage.set(next.identity(MutualTls.PRODUCTPAGE, epoch + 1, mesh.ca.root, next.root));
            some();
            mesh.reviews.set(next.identity(MutualTls.REVIEWS, epoch + 1, mesh.ca.root, next.root));
            some();
            mesh.reviews.set(next.identity(MutualTls.REVIEWS, epoch + 2));
            mesh.productpage.set(next.identity(MutualTls.PRODUCTPAGE, epoch + 2));
            some();
            over.set(true);
            for (Future<?> caller : running) {
                caller.get(30, TimeUnit.SECONDS);
            }
            log.info(
                    "HTTP/{}: {} requests, {} of them failed, {} changes of certificates and 4 of roots within {} ms, {} connections",
                    http2 ? "2" : "1.1",
                    calls,
                    failures.size(),
                    2 * ROTATIONS,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
                    one.connections() + two.connections());
            assertThat(failures).isEmpty();
            assertThat(station.transport.pools()).as("pools that take requests").isLessThanOrEqualTo(2);
            assertThat(one.connections() + two.connections())
                    .as("connections made, at least one with each certificate")
                    .isGreaterThan(ROTATIONS);
            Eventually.is(
                    "connections of earlier certificates are gone",
                    () -> one.openConnections() + two.openConnections() <= 2 * CALLERS);
        } finally {
            over.set(true);
            callers.shutdownNow();
        }
    }

    private void call(Station station, String path, AtomicBoolean over) {
        while (!over.get()) {
            try (MeshResponse response = station.client.get("http://reviews:9080" + path)) {
                byte[] body = response.bytes();
                boolean whole = !path.startsWith("/stream") || body.length == 200_000;
                if (response.status() != 200 || !whole) {
                    failures.add(response.status() + " " + body.length + " " + response.header("x-mesh-reason"));
                }
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
            calls.incrementAndGet();
        }
    }

    /** A rotation every few hundred milliseconds would be realistic; a rotation every few dozen requests is harder. */
    private void some() {
        long enough = calls.get() + 5L * CALLERS;
        Eventually.is("load goes on", () -> calls.get() > enough || !failures.isEmpty());
    }
}
