package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.VirtualHost;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.UsableIdentity;
import dev.weft.request.RequestHead;
import dev.weft.route.RouteDecision;
import dev.weft.route.RouteView;
import dev.weft.route.Router;
import dev.weft.runtime.Randomness;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Decides about outbound calls by the newest configuration. One per mesh. {@link #follow} is called once; calls may begin
 * before it and then wait. Everything may be called from any thread.
 */
public final class OutboundEngine {
    /** How long a call waits for the routes of a name; shorter where the caller has less time. */
    static final long ROUTES_WAIT_NANOS = 5_000_000_000L;

    private final World world;
    private final WithoutConfiguration without;
    private final GuardedObserver observer;
    private final Destinations destinations;
    private final OutsideHosts outside;
    private final UsableIdentity identity;

    /** Stands for the caller's address where a policy hashes it: in process there is none, so one value for all calls. */
    private final long sourceHash;

    // Calls that need newer configuration or a host; they add and remove themselves, the control thread and the timer's
    // go
    // through them.
    private final Set<OutboundExchange> waiting = ConcurrentHashMap.newKeySet();

    // Those who want to know of new configuration; they add and remove themselves, the control thread goes through
    // them.
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    // Written once by follow(); read by calls that need routes.
    private volatile @Nullable SnapshotSource source;

    // Written by the control thread; read once per call, which keeps what it read for all its attempts.
    private volatile @Nullable Configuration configuration;

    // Written once by close(); read by calls before they are routed.
    private volatile boolean closed;

    // Two adders and not one number: calls of all threads write them, only a drain reads them.
    private final LongAdder begun = new LongAdder();
    private final LongAdder over = new LongAdder();

    /** An engine whose calls wait 5 s for a first configuration, in a process without an identity. */
    public OutboundEngine(World world, MeshObserver observer) {
        this(world, observer, WithoutConfiguration.HOLD, new HeldIdentity());
    }

    /**
     * @param observer hears about every call; its failures are logged once and change nothing
     * @param without what becomes of calls while there is no configuration
     * @param identity what calls to servers of the mesh present; without one they are refused
     */
    public OutboundEngine(World world, MeshObserver observer, WithoutConfiguration without, IdentitySource identity) {
        this.world = world;
        this.without = without;
        this.observer = new GuardedObserver(observer);
        destinations = new Destinations(world, this.observer, this::hostsChanged);
        outside = new OutsideHosts(this.observer);
        this.identity = new UsableIdentity(identity, world.ticker());
        sourceHash = world.randomness().nextLong();
    }

    /** Takes its configuration from this source from now on. */
    public void follow(SnapshotSource newSource) {
        source = newSource;
        newSource.subscribe(this::apply);
    }

    private void apply(MeshSnapshot snapshot) {
        Configuration previous = configuration;
        Router router = Router.compile(snapshot, previous == null ? null : previous.router());
        configuration = new Configuration(snapshot, router, destinations.of(snapshot));
        lookAgain();
        listeners.forEach(Runnable::run);
    }

    /**
     * For adapters: runs the listener, on the control thread, after each change of configuration, when calls begin under the new one: names
     * may be known or unknown now, and hosts {@linkplain dev.weft.upstream.Host#gone gone}. It must not wait.
     *
     * @return ends that
     */
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Calls that wait for a host look again, on the timer's thread: not under the lock that the news comes under. */
    private void hostsChanged() {
        if (!waiting.isEmpty()) {
            world.timer().schedule(0, this::lookAgain);
        }
    }

    /** Over a copy: a call that has to wait on enters the set anew, and a walk over the set itself might meet it for ever. */
    private void lookAgain() {
        List.copyOf(waiting).forEach(OutboundExchange::configured);
    }

    /**
     * The configuration is too old to be used: until the next snapshot calls are treated as if there had never been one. What was
     * observed about hosts is kept. Called as snapshots are delivered: on one thread at a time.
     */
    public void forget() {
        configuration = null;
    }

    /** Ends: calls that wait and calls that come are answered 503 {@code NC}; calls on their way run to their end. */
    public void close() {
        closed = true;
        lookAgain();
    }

    /** Calls that have begun and not ended; exact when no call begins or ends meanwhile. */
    public long active() {
        long ended = over.sum();
        return begun.sum() - ended;
    }

    /**
     * Prepares a call, on the caller's thread: its trace context is current now. Time counts from here; nothing else happens
     * before {@link Exchange#start}.
     *
     * @param head as the caller wrote it
     */
    public Exchange exchange(RequestHead head, ExchangeOptions options, Abilities abilities, Adapter adapter) {
        return new OutboundExchange(this, head, options, abilities, adapter);
    }

    /**
     * Whether calls to this authority are the mesh's business. False as long as there is no configuration at all.
     *
     * @param scheme {@code http} or {@code https}
     */
    public boolean knows(String authority, String scheme) {
        Configuration current = configuration;
        return current != null && current.router().knows(authority, scheme);
    }

    /**
     * Whether a call to this authority is to be begun here: the mesh {@linkplain #knows knows} it, or there is no configuration
     * and nobody can tell yet. One look at the configuration answers both, so that the arrival of the first one between two
     * questions sends no call past the mesh.
     *
     * @param scheme {@code http} or {@code https}
     */
    public boolean takes(String authority, String scheme) {
        Configuration current = configuration;
        return current == null || current.router().knows(authority, scheme);
    }

    /** The ports on which the mesh knows the host of this authority, whatever port that says; for those who called another one. */
    public List<Integer> portsOf(String authority) {
        Configuration current = configuration;
        return current == null ? List.of() : current.router().portsOf(authority);
    }

    /** Nanoseconds that a call waits for a first configuration; zero: without one it is refused at once. */
    public long holdNanos() {
        return without.holdNanos();
    }

    /** {@link #explain(RequestHead, ExchangeOptions)} of a caller who says nothing besides. */
    public Explanation explain(RequestHead head) {
        return explain(head, ExchangeOptions.NONE);
    }

    /**
     * The decision about a call, without making it. Dice are thrown as for a real one.
     *
     * @param options with what a client declares and a caller hints, so that it can be told who is overridden
     */
    public Explanation explain(RequestHead head, ExchangeOptions options) {
        Configuration current = configuration;
        if (current == null) {
            return new Explanation(0, "", List.of("no configuration has arrived yet"));
        }
        RouteDecision decision = current.router().route(InternalHeaders.stripped(head), world.randomness());
        return Story.foretold(current, decision, options, now());
    }

    /** The clusters that this process knows and has hosts of, as they are now; by name. */
    public List<UpstreamView> upstreams() {
        Configuration current = configuration;
        return current == null
                ? List.of()
                : current.destinations().values().stream()
                        .filter(destination ->
                                destination.cluster().discovery() != Cluster.Discovery.ORIGINAL_DESTINATION)
                        .filter(ServedCluster.class::isInstance)
                        .map(served -> UpstreamView.of((ServedCluster) served))
                        .sorted(Comparator.comparing(UpstreamView::cluster))
                        .toList();
    }

    /** The virtual hosts of the configuration in force. */
    public List<RouteView> routes() {
        Configuration current = configuration;
        return current == null ? List.of() : RouteView.of(current.snapshot());
    }

    boolean closed() {
        return closed;
    }

    void began() {
        begun.increment();
    }

    void ended() {
        over.increment();
    }

    WithoutConfiguration without() {
        return without;
    }

    @Nullable
    Configuration configuration() {
        return configuration;
    }

    GuardedObserver observer() {
        return observer;
    }

    UsableIdentity identity() {
        return identity;
    }

    Randomness dice() {
        return world.randomness();
    }

    long sourceHash() {
        return sourceHash;
    }

    long now() {
        return world.ticker().nanoTime();
    }

    /** Where a call to an unknown host goes. */
    Destination passThrough(RequestHead head) {
        return outside.of(head);
    }

    /** Where a call to a cluster goes: the cluster itself, or the caller's own address where it has no hosts. */
    Destination destination(Destination cluster, RequestHead head) {
        return outside.of(cluster, head);
    }

    /**
     * Tells the exchange when there is something newer than what it knows.
     *
     * @param ask whose routes to ask for, or null when they have been asked for
     */
    void await(OutboundExchange exchange, @Nullable Configuration known, @Nullable VirtualHost ask) {
        waiting.add(exchange);
        SnapshotSource from = source;
        if (ask != null && from != null) {
            from.request(ask);
        }
        // What came between the exchange's look and its entry in the set has gone past it.
        if (configuration != known || closed) {
            exchange.configured();
        }
    }

    void stopWaiting(OutboundExchange exchange) {
        waiting.remove(exchange);
    }
}
