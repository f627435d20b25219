package dev.weft.control.outage;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.HeldPort;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.store.ConfigStore;
import dev.weft.control.translate.Translator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A control plane that can be stopped and started on one port, and services around it. */
final class Town implements AutoCloseable {
    /** Only a test that fails waits so long. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final HeldPort port = new HeldPort();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable ControlPlane controlPlane;

    Town(Path directory) throws IOException {
        this.directory = directory;
    }

    void startControlPlane() throws IOException {
        controlPlane = ControlPlane.start(
                ControlPlaneOptions.of(directory).withPort(port.number()).withData(directory.resolve("control")),
                ConfigStore.of(IstioConfig.EMPTY, MeshConfig.DEFAULT),
                Translator::new);
    }

    void stopControlPlane() {
        ControlPlane running = controlPlane;
        if (running != null) {
            running.close();
            controlPlane = null;
        }
    }

    /**
     * A running instance of a service.
     *
     * @param stop ends it as an operator would: mesh first, then its server
     */
    record Instance(Mesh mesh, AutoCloseable stop) {}

    /** An instance on service port 9080 that answers with its service's name. */
    Instance server(String service) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        server.setExecutor(threads);
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        Mesh mesh = mesh(
                Mesh.builder().port(9080),
                service,
                directory.resolve("data-" + service + server.getAddress().getPort()));
        HttpServer guarded = mesh.guard(server);
        guarded.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, name.length);
            exchange.getResponseBody().write(name);
            exchange.close();
        });
        guarded.start();
        AutoCloseable stop = () -> {
            mesh.close();
            guarded.stop(0);
            threads.shutdown();
        };
        parts.push(stop);
        return new Instance(mesh, stop);
    }

    Mesh mesh(String service, Path data) {
        return mesh(Mesh.builder(), service, data);
    }

    private Mesh mesh(Mesh.Builder builder, String service, Path data) {
        Mesh mesh = builder.ignoreEnvironment()
                .service(service)
                .controlPlane("127.0.0.1:" + port.number())
                .dataDirectory(data)
                .meterRegistry(new SimpleMeterRegistry())
                .drainTimeout(Duration.ofSeconds(2))
                .start();
        parts.push(mesh);
        return mesh;
    }

    static void await(String what, BooleanSupplier condition) {
        await(what, PATIENCE, condition);
    }

    static void await(String what, Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() throws Exception {
        stopControlPlane();
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
        port.close();
    }
}
