package dev.weft.control.grpc;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.Encryption;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TlsOptions;
import dev.weft.control.ads.AdsOptions;
import dev.weft.control.translate.Translator;
import dev.weft.identity.Identity;
import dev.weft.identity.Pem;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One scenario's control plane, servers and client. For the thread of the test. */
final class Site implements AutoCloseable {
    static final String NEAR = "local/a";
    static final String FAR = "local/b";

    private final Path directory;
    private final GrpcClient.Starter starter;
    private final GuardedServer.Starter guard;
    private final LiveConfig config = new LiveConfig();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ControlPlane plane;
    private @Nullable GrpcClient client;
    private Trust trust = Trust.none();
    private int servers;
    private @Nullable GuardedServer guarded;

    Site(Path directory, GrpcClient.Starter starter, GuardedServer.Starter guard) throws Exception {
        this.directory = directory;
        this.starter = starter;
        this.guard = guard;
        this.plane = ControlPlane.start(
                ControlPlaneOptions.of(directory)
                        .withPort(0)
                        .withAds(AdsOptions.DEFAULT.withDebounce(Duration.ofMillis(2), Duration.ofMillis(50)))
                        .withTls(TlsOptions.DEFAULT.withPort(0).withLocalToken(directory.resolve("token"))),
                config,
                Translator::new);
        parts.push(plane);
    }

    /** Puts this configuration in the place of the former. */
    void configure(String... yaml) {
        config.set(yaml);
    }

    /** Plaintext servers in the caller's zone. */
    List<InteropServer> servers(int count) {
        return servers(count, NEAR);
    }

    List<InteropServer> servers(int count, String locality) {
        List<InteropServer> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(keep(InteropServer.plaintext("server-" + ++servers, locality)));
        }
        return started;
    }

    /** A server with a certificate of this account. */
    InteropServer encrypted(String serviceAccount, TlsServerCredentials.ClientAuth callers) throws Exception {
        Identity identity = identity(serviceAccount);
        ServerCredentials credentials = TlsServerCredentials.newBuilder()
                .keyManager(
                        pem(Pem.write(identity.svid().chain())),
                        pem(Pem.write(identity.svid().key())))
                .trustManager(pem(
                        Pem.write(identity.bundle().roots(identity.svid().id().trustDomain()))))
                .clientAuth(callers)
                .build();
        return keep(InteropServer.encrypted("server-" + ++servers, serviceAccount, credentials));
    }

    /**
     * A server of the service {@code greeter} in a mesh of its own.
     *
     * @param connections those that the scenario is about
     * @return its name
     */
    String guarded(Encryption connections) throws Exception {
        Mesh mesh = keep(Mesh.builder()
                .service("greeter")
                .ignoreEnvironment()
                .port("grpc", Words.PORT)
                .controlPlane(plane.target())
                .trust(Trust.localToken(directory.resolve("token")))
                .dataDirectory(directory.resolve("guarded"))
                .meterRegistry(new SimpleMeterRegistry())
                .drainTimeout(Duration.ofMillis(1))
                .drainPropagation(Duration.ofMillis(1))
                .start());
        mesh.awaitReady(Duration.ofSeconds(20));
        GuardedServer started = guard.start(mesh, new RpcBehavior("guarded").service(), connections);
        guarded = started;
        parts.push(started.server()::shutdownNow);
        Eventually.is(
                "the server is registered",
                () -> plane.registry()
                        .snapshot()
                        .instances("default", "greeter")
                        .size(),
                1);
        return "guarded";
    }

    /** The one that was started last. */
    GuardedServer guard() {
        return Objects.requireNonNull(guarded);
    }

    private static InputStream pem(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What the control plane's authority certifies for an account. */
    Identity identity(String serviceAccount) throws Exception {
        try (Mesh mesh = Mesh.builder()
                .service(serviceAccount)
                .ignoreEnvironment()
                .controlPlane(plane.target())
                .trust(Trust.localToken(directory.resolve("token")))
                .dataDirectory(directory.resolve("data-" + serviceAccount))
                .meterRegistry(new SimpleMeterRegistry())
                .start()) {
            mesh.awaitReady(Duration.ofSeconds(20));
            return Objects.requireNonNull(mesh.identity().current());
        }
    }

    /** A file with the roots of the control plane's authority. */
    Path roots() throws Exception {
        return Files.writeString(
                directory.resolve("roots.pem"),
                Pem.write(Objects.requireNonNull(plane.authority()).trustBundle()));
    }

    /** From now on the client has a certificate of the account {@code caller}. */
    void identifyCaller() {
        trust = Trust.localToken(directory.resolve("token"));
    }

    Caller caller(String service) throws Exception {
        GrpcClient started = client;
        if (started == null) {
            started = starter.start(plane, Files.createDirectory(directory.resolve("client")), NEAR, trust);
            client = started;
            parts.push(started);
        }
        return new Caller(started.channel(service, Words.PORT));
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
