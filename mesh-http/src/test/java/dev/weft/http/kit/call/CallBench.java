package dev.weft.http.kit.call;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.request.Hints;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One mesh, one client and the servers of one test. */
final class CallBench implements AutoCloseable {
    final RecordingObserver observer = new RecordingObserver();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final Protocol protocol;
    private final @Nullable MutualTls tls;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private Protocol.@Nullable Line line;

    CallBench(Protocol protocol, @Nullable MutualTls tls) {
        this.protocol = protocol;
        this.tls = tls;
    }

    Protocol.Served server(String name) {
        Protocol.Served server = protocol.serve(name, tls);
        parts.push(server);
        return server;
    }

    /** Starts the mesh with this policy for reviews. */
    void start(UnaryOperator<Snapshots> policy, InetSocketAddress... hosts) {
        Snapshots reviews = Snapshots.reviews().protocol(protocol.spoken());
        Snapshots said = policy.apply(tls == null ? reviews : reviews.tls(MutualTls.towardsReviews()));
        Mesh mesh = Mesh.builder()
                .service("test")
                .ignoreEnvironment()
                .observer(observer)
                .meterRegistry(meters)
                .openTelemetry(OpenTelemetrySdk.builder()
                        .setTracerProvider(SdkTracerProvider.builder()
                                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                                .build())
                        .build())
                .trust(tls == null ? Trust.none() : Trust.of(tls.productpage))
                .snapshots(SnapshotSource.of(said.at(hosts)))
                .start();
        parts.push(mesh);
        Protocol.Line opened = protocol.on(mesh);
        parts.push(opened);
        line = opened;
    }

    CompletableFuture<Ended> begin(Wish wish) {
        return begin(wish, Hints.NONE);
    }

    CompletableFuture<Ended> begin(Wish wish, Hints hints) {
        if (line == null) {
            throw new IllegalStateException("not started");
        }
        return line.begin(wish, hints);
    }

    Ended call(Wish wish) throws Exception {
        return begin(wish).get(10, TimeUnit.SECONDS);
    }

    /** How often a call was tried in this way: PRIMARY, RETRY, MIRROR; waits for a report that is on its way. */
    void tries(String kind, int count) {
        Eventually.is(
                count + " attempts " + kind + " in " + observer.attempts,
                () -> observer.attempts.stream()
                                .filter(attempt -> attempt.startsWith(kind + " "))
                                .count()
                        == count);
    }

    /** Gives the client a new certificate, as a renewal does. */
    void rotateIdentity() throws Exception {
        if (tls != null) {
            tls.rotateClient();
        }
    }

    @Override
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
