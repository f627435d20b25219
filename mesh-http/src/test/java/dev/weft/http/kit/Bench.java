package dev.weft.http.kit;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.http.transport.HttpTransport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One mesh, one client under test and the servers of one test; closing it proves that nothing was left behind. */
public final class Bench implements AutoCloseable {
    public final RecordingObserver observer = new RecordingObserver();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final boolean http2;
    private final @Nullable MutualTls tls;
    private final Function<Mesh, Subject> client;
    private final List<TestServer> servers = new ArrayList<>();
    private Mesh mesh = null;

    /** @param tls identities of client and servers; null: plaintext */
    Bench(boolean http2, @Nullable MutualTls tls, Function<Mesh, Subject> client) {
        this.http2 = http2;
        this.tls = tls;
        this.client = client;
    }

    public boolean http2() {
        return http2;
    }

    public TestServer server(String name) {
        return keep(tls == null ? TestServer.start(name, http2) : tls.start(name, http2));
    }

    /** One that takes one request at a time on a connection. */
    public TestServer singleFile(String name) {
        if (tls != null) {
            return keep(tls.start(name, http2, 1));
        }
        return keep(http2 ? TestServer.withStreams(name, 1) : TestServer.start(name, false));
    }

    private TestServer keep(TestServer server) {
        servers.add(server);
        return server;
    }

    /** Starts the mesh and gives the client. */
    public Subject client(MeshSnapshot snapshot) {
        mesh = Mesh.builder()
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
                .snapshots(SnapshotSource.of(snapshot))
                .start();
        return client.apply(mesh);
    }

    /** Gives the client a new certificate, as a renewal does; in plaintext there is none. */
    public void rotateIdentity() throws Exception {
        if (tls != null) {
            tls.rotateClient();
        }
    }

    public Mesh mesh() {
        return mesh;
    }

    public HttpTransport transport() {
        return mesh.shared(HttpTransport.class, m -> {
            throw new IllegalStateException("no call has been made yet");
        });
    }

    @Override
    public void close() {
        if (mesh != null) {
            HttpTransport transport = mesh.shared(HttpTransport.class, m -> new HttpTransport(m.world(), m.identity()));
            mesh.close();
            Eventually.is("connections after close", () -> transport.connections() == 0);
            Eventually.is("waiting requests after close", () -> transport.waiting() == 0);
        }
        for (TestServer server : servers) {
            Eventually.is("requests left at server " + server.name(), () -> server.running() == 0);
            server.close();
        }
    }
}
