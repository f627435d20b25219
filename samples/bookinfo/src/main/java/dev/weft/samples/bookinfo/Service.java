package dev.weft.samples.bookinfo;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.Mesh;
import dev.weft.MeshException;
import dev.weft.http.MeshHttp;
import dev.weft.samples.bookinfo.page.Hop;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * What Bookinfo's services have in common: a place in the mesh, a guarded server on a free port of loopback, and {@code /health}.
 * Callers know the service by its name and port 9080, wherever it listens; over gRPC by port 9090. No code here says who may call: policy
 * does.
 */
final class Service {
    static final int SERVICE_PORT = 9080;
    static final int GRPC_PORT = 9090;
    private static final int BACKLOG = 128;

    /** Enough for a page with slow ratings to hold up nobody else; threads, for JDK 17 has no virtual ones. */
    private static final int THREADS = 64;

    private final String name;
    private final Settings settings;
    private final Mesh mesh;
    private final HttpServer server;
    private final ExecutorService threads = threads();
    private @Nullable Server grpc;

    private Service(String name, Settings settings, Mesh mesh, HttpServer server) {
        this.name = name;
        this.settings = settings;
        this.mesh = mesh;
        this.server = server;
    }

    /** A service for others of the mesh: its server shows the mesh's certificate and demands one. */
    static Service start(String name, String... args) {
        return start(name, false, args);
    }

    /** For one that answers gRPC too, see {@link #serve}. */
    static Service startWithGrpc(String name, String... args) {
        return start(name, true, args);
    }

    /** Starts the mesh; ends the process with a worded error if that cannot be. */
    private static Service start(String name, boolean withGrpc, String... args) {
        // Else each answer waits 40 ms for the acknowledgement of its head; the JDK reads this once, with its first
        // server.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            Settings settings = Settings.of(name, args);
            OpenTelemetry telemetry = Tracing.fromEnvironment(name, settings.instance());
            Mesh.Builder builder = Mesh.builder()
                    .service(name)
                    .instance(settings.instance())
                    .version(settings.version())
                    .port(SERVICE_PORT)
                    .openTelemetry(telemetry)
                    .closeOnShutdown();
            if (withGrpc) {
                builder.port("grpc", GRPC_PORT);
            }
            settings.controlPlane().ifPresent(builder::controlPlane);
            settings.data().ifPresent(builder::dataDirectory);
            Mesh mesh = builder.start();
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port());
            HttpServer server = mesh.guard(HttpsServer.create(address, BACKLOG));
            Service service = new Service(name, settings, mesh, server);
            service.handle("/health", service::health);
            return service;
        } catch (IllegalArgumentException | MeshException | IOException e) {
            throw end(name, e);
        }
    }

    Mesh mesh() {
        return mesh;
    }

    String version() {
        return settings.version();
    }

    String instance() {
        return settings.instance();
    }

    void handle(String path, HttpHandler handler) {
        server.createContext(path, exchange -> answer(exchange, handler));
    }

    /** Answers gRPC too, on a port of its own. */
    void serve(BindableService api) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        grpc = mesh.guard(NettyServerBuilder.forAddress(anyPort))
                .executor(threads)
                .intercept(new SaysWho(settings.instance()))
                .addService(api)
                .build();
    }

    /** Takes requests as soon as the mesh is configured, and says so. */
    void open() {
        try {
            mesh.awaitReady(Duration.ofSeconds(30));
            server.setExecutor(threads);
            server.start();
            OptionalInt grpcPort = grpc == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(grpc.start().getPort());
            Ready.announce(settings, name, server.getAddress().getPort(), grpcPort);
        } catch (RuntimeException | IOException e) {
            throw end(name, e);
        }
    }

    private void answer(HttpExchange exchange, HttpHandler handler) throws IOException {
        exchange.getResponseHeaders().set(Hop.SERVED_BY, settings.instance());
        exchange.getResponseHeaders().set(Hop.CALLED_BY, MeshHttp.peer(exchange).getName());
        try (exchange) {
            handler.handle(exchange);
        } catch (RuntimeException e) {
            e.printStackTrace();
            Answers.error(exchange, 500, e.toString());
        }
    }

    private void health(HttpExchange exchange) throws IOException {
        JsonObject health = new JsonObject();
        health.addProperty("status", name + " is healthy");
        health.addProperty("instance", settings.instance());
        health.add("mesh", MeshReport.of(mesh));
        Answers.json(exchange, 200, health);
    }

    private static ExecutorService threads() {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "http");
            thread.setDaemon(true);
            return thread;
        });
        // The server's own thread keeps the process alive; these only when there is work.
        return threads;
    }

    private static RuntimeException end(String name, Exception e) {
        System.err.println(name + ": " + e.getMessage());
        System.exit(1);
        return e instanceof IOException io ? new UncheckedIOException(io) : new IllegalStateException(e);
    }
}
