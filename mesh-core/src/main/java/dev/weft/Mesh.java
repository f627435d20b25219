package dev.weft;

import dev.weft.config.Encryption;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StockResources;
import dev.weft.engine.Explanation;
import dev.weft.engine.InboundEngine;
import dev.weft.engine.OutboundEngine;
import dev.weft.engine.UpstreamView;
import dev.weft.request.RequestHead;
import dev.weft.route.RouteView;
import dev.weft.runtime.World;
import dev.weft.settings.Layer;
import dev.weft.telemetry.MeshObserver;
import dev.weft.telemetry.Workload;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A service's place in the mesh. Calls out are {@link #wrap wrapped}, servers are {@link #guard guarded}. Several meshes may
 * live in one JVM. All methods may be called from any thread.
 *
 * <pre>{@code
 * try (Mesh mesh = Mesh.start("productpage")) {
 *     HttpClient http = mesh.wrap(HttpClient.newHttpClient());
 * }
 * }</pre>
 */
public sealed interface Mesh extends AutoCloseable permits RunningMesh {

    /** {@code Mesh.builder().service(name).start()}. */
    static Mesh start(String service) {
        return builder().service(service).start();
    }

    /** Everything is optional except a service name, which may come from the environment too. */
    static Builder builder() {
        return new MeshSetup();
    }

    /**
     * The mesh that answers for things that know of none: a gRPC target {@code mesh:///reviews:9090} whose builder nobody wrapped.
     * Empty unless {@link #makeGlobal} was called on a mesh that is still open.
     */
    static Optional<Mesh> global() {
        return GlobalMesh.current();
    }

    /**
     * Makes this the {@link #global} mesh of the process, until it is closed, which stays the business of whoever started it. Twice is
     * harmless.
     *
     * @throws IllegalStateException if another open mesh is global
     * @throws MeshException.Closed after {@link #close}
     */
    void makeGlobal();

    /**
     * A client of the same type whose calls to names that the mesh knows go through the mesh; every other call reaches {@code
     * client} untouched. Wrapping a wrapped client returns it.
     *
     * @throws IllegalArgumentException if no {@link MeshAdapter} on the class path knows the client
     * @throws MeshException.Closed after {@link #close}
     */
    <C> C wrap(C client);

    /**
     * A server of the same type whose requests pass the mesh before their handlers run. Guarding a guarded server returns it.
     *
     * @throws IllegalArgumentException if no {@link MeshAdapter} on the class path knows the server
     * @throws MeshException.Closed after {@link #close}
     */
    <S> S guard(S server);

    /**
     * Whether calls to {@code http://authority/} are the mesh's business. False while there is no configuration.
     *
     * @param authority host with an optional port: {@code reviews}, {@code reviews:9080}
     */
    boolean knows(String authority);

    /**
     * What would become of a call, with the reasons, and without making it.
     *
     * @param url absolute, {@code http} or {@code https}
     * @throws IllegalArgumentException if {@code url} is not such a URL
     */
    Explanation explain(String method, String url, Map<String, String> headers);

    /** Each cluster that this process has asked for, with its hosts as it sees them now. */
    List<UpstreamView> upstreams();

    /** The routes in force, in words. */
    List<RouteView> routes();

    /** Who we are to routing and metrics. */
    Workload workload();

    MeshState state();

    /** Completes with this mesh as soon as it has a configuration and its identity; fails with {@link MeshException.Closed} if it never will. */
    CompletionStage<Mesh> ready();

    /**
     * Waits for {@link #ready}.
     *
     * @throws MeshException.NotReady after {@code atMost}, naming every missing part
     * @throws MeshException.Closed if the mesh is or gets closed
     */
    void awaitReady(Duration atMost);

    /**
     * What is missing for calls to be served, for people: {@code configuration: mesh.internal:15012 connection refused (4 tries), disk
     * none}. Empty while nothing is.
     */
    String missing();

    /** The configuration in use: its version, age and origin. */
    MeshConfiguration configuration();

    /** Who this process is, with its certificate of the moment. */
    MeshIdentity identity();

    /** What the registry is told about this service. */
    MeshHealth health();

    /** Each setting with its value and where that came from: {@code controlPlane = mesh.internal:15012, from MESH_CONTROL_PLANE}. */
    List<String> origins();

    /**
     * Leaves the registry, waits until clients have been told, and then until calls in flight are over. Returns when that is so
     * or when {@code atMost} has passed. New calls still work.
     */
    void drain(Duration atMost);

    /** The same, as long as the drain timeout allows. */
    void drain();

    /** Drains if ports are declared (at most the drain timeout), then ends everything. Twice is harmless. */
    @Override
    void close();

    /** For adapters: decides about calls out. */
    OutboundEngine outbound();

    /** For adapters: decides about requests in. */
    InboundEngine inbound();

    /** For adapters that feed a stock gRPC library: what the control plane serves to those, over this mesh's stream. */
    StockResources stockResources();

    /** For adapters: clock, timers, dice. */
    World world();

    /** For adapters: a guarded server is bound and takes plaintext requests. */
    default void listening(String portName, String protocol, int servicePort, InetSocketAddress bound) {
        listening(portName, protocol, servicePort, bound, Encryption.PLAINTEXT);
    }

    /**
     * For adapters: a guarded server is bound and takes requests. The process joins the registry with it. A service port may be
     * bound twice, by one server in plaintext and by one that takes TLS.
     *
     * @param portName Istio's name of the port, as in {@code http} or {@code grpc-api}
     * @param protocol as Istio names it: {@code http}, {@code http2}, {@code grpc}
     * @param servicePort that callers write, or 0: the declared port of that name, else the bound one
     * @param bound where it listens
     * @param encryption what it takes
     * @return the service port, for {@link dev.weft.engine.Peer}
     */
    int listening(String portName, String protocol, int servicePort, InetSocketAddress bound, Encryption encryption);

    /**
     * For adapters: a guarded server takes no more connections there. The registry is told; does nothing if {@link #listening} did not
     * speak of that port.
     */
    void stopped(InetSocketAddress bound);

    /** For adapters: the service port of a bound port, as far as {@link #listening} has told; else the bound port itself. */
    int servicePort(int boundPort);

    /**
     * For adapters: the mesh's one object of this kind, made when it is first asked for and closed with the mesh.
     *
     * @throws MeshException.Closed after {@link #close}
     */
    <T extends AutoCloseable> T shared(Class<T> key, Function<Mesh, T> make);

    /** How a mesh is set up. What is written here wins over every other place. Not for use by several threads at once. */
    sealed interface Builder permits MeshSetup {

        /** Who we are to routing and metrics. */
        Builder service(String name);

        /** Control planes as {@code host:port}; the first that answers is used, and the first of all is returned to. */
        Builder controlPlane(String... hostAndPort);

        /** Short host names are resolved in it. */
        Builder namespace(String name);

        /** The account in our identity; the service's name unless said. */
        Builder serviceAccount(String name);

        /** The {@code version} label: subsets select by it, metrics report it. */
        Builder version(String version);

        /** A label of this instance; {@code app} is the service's name unless said. */
        Builder label(String name, String value);

        /**
         * Declares a service port of name {@code http}: what callers write, wherever the server is bound. The process joins the
         * registry when a guarded server of that name says where it listens, or the application does by {@link
         * Mesh#listening}.
         */
        Builder port(int port);

        /** Declares a service port; an Istio port name says its protocol: {@code grpc-api}, {@code http-admin}. */
        Builder port(String name, int port);

        /** Where this instance runs, for failover: {@code region/zone/subzone}, the later parts optional. */
        Builder locality(String locality);

        /** Unique name of this process; the service and eight random digits unless said. */
        Builder instance(String name);

        /** IP address at which others reach this process; found out unless said. */
        Builder address(String ip);

        /** How to get the first credential. */
        Builder trust(Trust trust);

        /**
         * Keeps certificate and key in the data directory, 0600, so that a restart works while the certificate authority is
         * away; else such a restart waits for it.
         */
        Builder keepIdentity();

        /** Where the last good configuration is kept. */
        Builder dataDirectory(Path directory);

        /** What an old configuration is worth while the control plane is away; {@link Offline#serve()} unless said. */
        Builder whenOffline(Offline offline);

        /** What becomes of calls while there is no configuration at all; {@code Unconfigured.hold(5 s)} unless said. */
        Builder whenUnconfigured(Unconfigured unconfigured);

        /** Hears about every call and request; repeatable. */
        Builder observer(MeshObserver observer);

        /** Where meters go; Micrometer's global registry unless said. */
        Builder meterRegistry(MeterRegistry registry);

        /** Where spans go; OpenTelemetry's global instance, if one has been set, unless said. */
        Builder openTelemetry(OpenTelemetry openTelemetry);

        /**
         * For frameworks that make a span of each request that a handler sees: the mesh makes one only of requests that it answers
         * itself. The same as {@link #handlersTraced(Predicate)} for all of them.
         */
        default Builder handlersTraced() {
            return handlersTraced(request -> true);
        }

        /** As {@link #handlersTraced()}, for a framework of which not every server does that. */
        Builder handlersTraced(Predicate<RequestHead> traced);

        /** Clock, timers and dice; {@link World#manual()} for tests. */
        Builder world(World world);

        /** Configuration written by hand instead of a control plane's. */
        Builder snapshots(SnapshotSource source);

        /**
         * For frameworks with a configuration of their own: what they have read, the strongest first. System properties, variables and
         * {@code mesh.yaml} are not looked at then; what is written here still wins, and the platform's facts still fill gaps.
         */
        Builder settings(List<Layer> layers);

        /** Reads no system property, variable, file or platform fact: nothing but what is called here. */
        Builder ignoreEnvironment();

        /** Closes the mesh in a JVM shutdown hook. */
        Builder closeOnShutdown();

        /** Upper bound of the drain in {@link Mesh#close}; 20 s unless said. */
        Builder drainTimeout(Duration timeout);

        /** Upper bound of the wait until clients have been told that we leave; 3 s unless said. */
        Builder drainPropagation(Duration propagation);

        /**
         * Reads what was stored, opens the stream, and returns at once.
         *
         * @throws MeshException.Configuration naming everything that is wrong
         */
        Mesh start();
    }
}
