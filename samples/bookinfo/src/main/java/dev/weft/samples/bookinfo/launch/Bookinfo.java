package dev.weft.samples.bookinfo.launch;

import dev.weft.samples.bookinfo.Ready;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The running sample: a control plane and seven services, one JVM each. Not for use by several threads at once, except {@link
 * #stop}.
 */
public final class Bookinfo {
    /** What each service is called, its main class and its version. */
    private static final List<Cast> CAST = List.of(
            new Cast("details", "Details", "v1"),
            new Cast("ratings", "Ratings", "v1"),
            new Cast("ratings", "Ratings", "v2"),
            new Cast("reviews", "Reviews", "v1"),
            new Cast("reviews", "Reviews", "v2"),
            new Cast("reviews", "Reviews", "v3"),
            new Cast("productpage", "front.ProductPage", "v1"));

    /** The service that people talk to. */
    public static final String FRONT = "productpage-v1";

    private final Path run;
    private final Path config;
    private final ControlPlane control;
    private final Map<String, Member> services = new LinkedHashMap<>();
    private volatile int frontPort;
    private boolean frontPortMayMove;

    /**
     * @param run where logs and data go
     * @param config the directory of the control plane
     * @param control how the control plane is to run
     * @param frontPort of the page; 0: any free one
     * @param frontPortMayMove whether any other will do if that one is taken
     * @param collector where spans go, if anywhere
     * @param archive of classes, if there is one
     */
    Bookinfo(
            Path run,
            Path config,
            ControlPlane.Wanted control,
            int frontPort,
            boolean frontPortMayMove,
            Optional<URI> collector,
            Optional<Path> archive) {
        this.run = run;
        this.config = config;
        this.frontPort = frontPort;
        this.frontPortMayMove = frontPortMayMove;
        List<String> jvm = Jvm.small(archive);
        this.control = new ControlPlane(run, config, control, jvm);
        Map<String, String> environment = new LinkedHashMap<>(Credentials.of(run));
        collector.ifPresent(uri -> environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", uri.toString()));
        for (Cast one : CAST) {
            services.put(
                    one.instance(),
                    new Member(
                            one.instance(),
                            log(one.instance()),
                            jvm,
                            "dev.weft.samples.bookinfo." + one.main(),
                            environment));
        }
    }

    public URI page() {
        return URI.create("http://127.0.0.1:" + frontPort + "/productpage");
    }

    public URI health() {
        return page().resolve("/health");
    }

    public ControlPlane control() {
        return control;
    }

    public Path directory() {
        return run;
    }

    Path config() {
        return config;
    }

    public int processes() {
        return services.size() + 1;
    }

    /** Starts everything; returns when each process has said that it is ready. */
    void start() throws Trouble {
        control.start();
        control.awaitReady(60_000);
        for (String instance : services.keySet()) {
            launch(instance);
        }
        for (String instance : services.keySet()) {
            awaitReady(instance, 60_000);
        }
    }

    /** Starts a service whose process has ended; {@link #awaitReady} for the moment it takes requests. */
    public void launch(String instance) throws Trouble {
        Cast one = CAST.stream()
                .filter(cast -> cast.instance().equals(instance))
                .findFirst()
                .orElseThrow();
        try {
            Files.deleteIfExists(ready(instance));
            Files.deleteIfExists(Ready.grpc(ready(instance)));
        } catch (IOException e) {
            throw new Trouble("cannot delete " + ready(instance) + ": " + e.getMessage());
        }
        List<String> args = new ArrayList<>(List.of(
                "--instance", instance,
                "--version", one.version(),
                "--control-plane", "127.0.0.1:" + control.port(),
                "--data", data(instance).toString(),
                "--ready", ready(instance).toString()));
        if (instance.equals(FRONT)) {
            // The same again after a restart: people have the address.
            args.addAll(List.of("--port", String.valueOf(frontPort)));
        }
        service(instance).start(args);
    }

    public void awaitReady(String instance, long millis) throws Trouble {
        Member member = service(instance);
        Patience patience = new Patience(millis);
        OptionalInt port = readyPort(instance);
        while (port.isEmpty()) {
            if (!member.isAlive() && instance.equals(FRONT) && frontPortMayMove && !Ports.isFree(frontPort)) {
                frontPort = 0; // somebody was quicker
                launch(instance);
            } else if (!member.isAlive()) {
                throw new Trouble(member.lastWords());
            }
            if (!patience.pause()) {
                throw new Trouble(instance + " is not ready after " + millis / 1000 + " s\n" + member.lastWords());
            }
            port = readyPort(instance);
        }
        if (instance.equals(FRONT)) {
            frontPortMayMove = false; // people have the address now
            frontPort = port.getAsInt();
        }
    }

    /** SIGKILL. */
    public void kill(String instance) {
        service(instance).kill();
    }

    /** All services, by instance. */
    public List<String> instances() {
        return List.copyOf(services.keySet());
    }

    /** Where an instance listens, on loopback; empty as long as it does not. */
    public OptionalInt port(String instance) {
        return readyPort(instance);
    }

    /** Where an instance answers gRPC; empty if it does not. */
    public OptionalInt grpcPort(String instance) {
        return number(Ready.grpc(ready(instance)));
    }

    /** What an instance keeps over restarts: configuration and identity. */
    public Path data(String instance) {
        return run.resolve("data").resolve(instance);
    }

    /** What the mesh's own certificates lead to, in PEM. */
    public Path roots() {
        return control.data().resolve("ca").resolve("root.pem");
    }

    /** Names of services whose process is gone. */
    List<String> dead() {
        return services.values().stream()
                .filter(member -> !member.isAlive())
                .map(Member::name)
                .toList();
    }

    /** Ends everything: politely, and after a few seconds by force. */
    void stop() {
        List<Member> all = new ArrayList<>(services.values());
        all.forEach(Member::stop);
        Patience patience = new Patience(5_000);
        all.forEach(member -> member.await(Math.max(1, patience.left())));
        all.add(control.member());
        control.member().stop();
        control.member().await(2_000);
        all.forEach(Member::kill);
    }

    private Member service(String instance) {
        Member member = services.get(instance);
        if (member == null) {
            throw new IllegalArgumentException(instance + ": expected one of " + services.keySet());
        }
        return member;
    }

    private Path log(String instance) {
        return run.resolve(instance + ".log");
    }

    private Path ready(String instance) {
        return run.resolve(instance + ".port");
    }

    private OptionalInt readyPort(String instance) {
        return number(ready(instance));
    }

    private static OptionalInt number(Path file) {
        try {
            return OptionalInt.of(Integer.parseInt(Files.readString(file)));
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    private record Cast(String service, String main, String version) {
        String instance() {
            return service + "-" + version;
        }
    }
}
