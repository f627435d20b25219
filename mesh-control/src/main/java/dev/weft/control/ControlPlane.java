package dev.weft.control;

import dev.weft.control.access.LoopbackOnly;
import dev.weft.control.ads.AdsServer;
import dev.weft.control.ads.ResourceSource;
import dev.weft.control.ca.CertificateAuthority;
import dev.weft.control.endpoint.GrpcEndpoint;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.keys.FetchedKeys;
import dev.weft.control.registry.DurableRegistry;
import dev.weft.control.registry.Registry;
import dev.weft.control.store.ConfigStore;
import dev.weft.control.store.DirectoryConfigStore;
import dev.weft.control.translate.Translator;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole control plane in one object: configuration, registry, translation, push. Runs until closed. Thread-safe.
 *
 * <p>{@code mesh-control serve} is this with a command line around it; tests start one in their own process: {@code ControlPlane.start(ControlPlaneOptions.of(directory).withPort(0))}.
 */
public final class ControlPlane implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControlPlane.class);

    private final ControlPlaneOptions options;
    private final Deque<AutoCloseable> parts;
    private final ConfigStore store;
    private final Registry registry;
    private final AdsServer ads;
    private final @Nullable GrpcEndpoint endpoint;
    private final @Nullable SecureSide secure;

    private ControlPlane(
            ControlPlaneOptions options,
            Deque<AutoCloseable> parts,
            ConfigStore store,
            Registry registry,
            AdsServer ads,
            @Nullable GrpcEndpoint endpoint,
            @Nullable SecureSide secure) {
        this.options = options;
        this.parts = parts;
        this.store = store;
        this.registry = registry;
        this.ads = ads;
        this.endpoint = endpoint;
        this.secure = secure;
    }

    /**
     * Starts on a directory of Istio YAML, and follows its changes.
     *
     * @throws IOException if a directory cannot be used, the mesh configuration is refused or the port is taken; a refused file
     *     among the others is no error, see {@link ConfigStore#snapshot()}
     */
    public static ControlPlane start(ControlPlaneOptions options) throws IOException {
        Path data = options.data();
        if (data != null) {
            usable(data);
        }
        ConfigStore store = DirectoryConfigStore.open(options.config(), options.meshConfig(), options.data());
        return start(
                options,
                store,
                (config, registry) ->
                        new Translator(config, registry, new FetchedKeys(options.localKeys(), options.world())));
    }

    /**
     * Starts with a configuration and a translation of the caller's; both are closed with the control plane if they can be.
     *
     * @param options of these, the configuration directory and file are not looked at
     * @throws IOException if the data directory cannot be used or the port is taken
     */
    public static ControlPlane start(
            ControlPlaneOptions options,
            ConfigStore store,
            BiFunction<ConfigStore, Registry, ResourceSource> translator)
            throws IOException {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            if (store instanceof AutoCloseable closeable) {
                parts.push(closeable);
            }
            Registry registry = registry(options, parts);
            ResourceSource source = translator.apply(store, registry);
            if (source instanceof AutoCloseable closeable) {
                parts.push(closeable);
            }
            SecureSide secure = secure(options, store, parts);
            GrpcEndpoint endpoint = null;
            if (options.port() != ControlPlaneOptions.NO_PORT) {
                endpoint = GrpcEndpoint.plaintext(options.address(), options.port());
                parts.push(endpoint);
            }
            AdsServer ads = new AdsServer(
                    source, registry, options.world(), options.ads(), secure == null ? null : secure.refusals());
            parts.push(ads);
            if (endpoint != null) {
                endpoint.start(List.of(
                        ads.discovery().bindService(),
                        ads.loadReports().bindService(),
                        ServerInterceptors.intercept(ads.status(), new LoopbackOnly())));
            }
            if (secure != null) {
                secure.start(ads, endpoint == null ? 0 : endpoint.port());
            }
            return new ControlPlane(options, parts, store, registry, ads, endpoint, secure);
        } catch (IOException | RuntimeException e) {
            close(parts);
            throw e;
        }
    }

    /**
     * Before anything is read: one message, not one for each file that could not be kept. A directory that is there and
     * cannot be written costs durability, which is warned of, and not the start.
     */
    private static void usable(Path data) throws IOException {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new IOException("data directory " + data + " cannot be made: " + e, e);
        }
    }

    private static Registry registry(ControlPlaneOptions options, Deque<AutoCloseable> parts) throws IOException {
        Path data = options.data();
        if (data == null) {
            return new Registry(options.world(), options.grace());
        }
        DurableRegistry durable = DurableRegistry.open(options.world(), options.grace(), data);
        parts.push(durable);
        return durable.registry();
    }

    private static @Nullable SecureSide secure(
            ControlPlaneOptions options, ConfigStore store, Deque<AutoCloseable> parts) throws IOException {
        TlsOptions tls = options.tls();
        if (tls == null) {
            return null;
        }
        Path data = options.data();
        Path directory = data == null ? Passing.directory("weft-ca", parts) : data.resolve("ca");
        MeshConfig mesh = store.snapshot().mesh();
        SecureSide secure = new SecureSide(tls, mesh, directory, options.world());
        parts.push(secure);
        store.onChange(changed -> {
            if (!changed.mesh().trustDomain().equals(mesh.trustDomain())) {
                log.error(
                        "the mesh configuration names trust domain {}, but certificates are given for {} until this control"
                                + " plane is started anew, with another data directory",
                        changed.mesh().trustDomain(),
                        mesh.trustDomain());
            }
        });
        return secure;
    }

    /**
     * The plaintext port.
     *
     * @throws IllegalStateException if there is none
     */
    public int port() {
        if (endpoint == null) {
            throw new IllegalStateException("this control plane has no plaintext port");
        }
        return endpoint.port();
    }

    /**
     * What clients without credentials are given as control plane: {@code address:port}.
     *
     * @throws IllegalStateException if there is no plaintext port
     */
    public String target() {
        return options.address() + ":" + port();
    }

    /** What clients with credentials are given as control plane, {@code address:port}; null without TLS. */
    public @Nullable String tlsTarget() {
        return secure == null ? null : secure.target();
    }

    /** Who certifies, and changes roots; null without TLS. */
    public @Nullable CertificateAuthority authority() {
        return secure == null ? null : secure.authority();
    }

    /** The configuration in force, and its changes. */
    public ConfigStore store() {
        return store;
    }

    /** Who is registered. */
    public Registry registry() {
        return registry;
    }

    /** How many clients are connected. */
    public int clients() {
        return ads.clients();
    }

    /**
     * Ends all streams and stops. The registry is on disk when this returns. Clients go on with what they have; twice is
     * harmless.
     */
    @Override
    public void close() {
        close(parts);
    }

    static synchronized void close(Deque<AutoCloseable> parts) {
        @Nullable RuntimeException failure = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("a part of the control plane could not be closed", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
