package dev.weft;

import dev.weft.config.Encryption;
import dev.weft.config.StockResources;
import dev.weft.dns.DnsSource;
import dev.weft.dns.NameResolver;
import dev.weft.engine.Explanation;
import dev.weft.engine.InboundEngine;
import dev.weft.engine.OutboundEngine;
import dev.weft.engine.UpstreamView;
import dev.weft.engine.WithoutConfiguration;
import dev.weft.identity.ExpiryAlarm;
import dev.weft.route.RouteView;
import dev.weft.runtime.World;
import dev.weft.settings.Settings;
import dev.weft.telemetry.Workload;
import dev.weft.telemetry.micrometer.ConfigurationMeters;
import dev.weft.telemetry.micrometer.IdentityMeters;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one implementation: puts the parts together and takes them apart again. */
final class RunningMesh implements Mesh {
    private static final Logger log = LoggerFactory.getLogger(Mesh.class);

    private final Settings settings;
    private final World world;
    private final ControlPlane controlPlane;
    private final OutboundEngine outbound;
    private final InboundEngine inbound;
    private final DnsSource dns;
    private final Feed feed;
    private final ThreadPoolExecutor workers;

    // Apart from those, because an issuer that does not answer must not hold up names.
    private final ThreadPoolExecutor fetchers;
    private final Registration registration;
    private final MeshHealth health;
    private final IdentitySupply identities;
    private final IdentityStatus identityStatus;
    private final MeshIdentity identity;
    private final ConfigurationMeters meters;
    private final IdentityMeters identityMeters;
    private final ExpiryAlarm expiry;
    private final Leaving leaving;
    private final Adapters adapters;
    private final SharedParts shared = new SharedParts();
    private final Ready ready;
    private final Closing closing = new Closing(this::end);
    private final Standing standing;
    private final LateServers late;

    RunningMesh(
            MeshSetup setup,
            Settings settings,
            Instance instance,
            ControlPlane controlPlane,
            IdentitySupply identities,
            NameResolver resolver) {
        this.settings = settings;
        this.controlPlane = controlPlane;
        this.identities = identities;
        identityStatus = new IdentityStatus(identities, setup.world.ticker());
        world = setup.world;
        workers = Workers.named(settings.service());
        fetchers = Workers.named(settings.service() + "-keys");
        ready = new Ready(this, workers);
        Telemetry telemetry = new Telemetry(setup, settings);
        dns = new DnsSource(controlPlane, resolver, workers, world);
        Duration hold = settings.unconfiguredHold();
        feed = new Feed(dns, controlPlane, world, settings.offlineAge(), hold == null, ready::configured);
        WithoutConfiguration without = new WithoutConfiguration(hold == null ? 0 : hold.toNanos(), feed::missing);
        identity = new CurrentIdentity(identities.source(), world.ticker());
        outbound = new OutboundEngine(world, telemetry.observer, without, identity);
        inbound = new InboundEngine(
                world, telemetry.observer, new InboundStages(world, fetchers, new Couriers(this), identity));
        standing = new Standing(feed, identityStatus, controlPlane, closing);
        registration = new Registration(controlPlane, settings.ports(), instance.address());
        late = new LateServers(settings.service(), registration, inbound, world.timer(), closing);
        health = new MeshHealth(registration::health);
        meters = telemetry.meters(feed);
        identityMeters = telemetry.meters(identities, identityStatus);
        expiry = new ExpiryAlarm(identity, world, log::error);
        leaving = new Leaving(world, controlPlane, () -> outbound.active() + inbound.active());
        adapters = setup.adapters == null ? Adapters.found() : setup.adapters;
    }

    /** Lets configuration in; returns at once. */
    RunningMesh begin(boolean closeOnShutdown) {
        identities.source().onChange(current -> ready.identified());
        if (identityStatus.complete()) {
            ready.identified();
        }
        feed.into(outbound, inbound, registration::admits);
        identities.start();
        controlPlane.start();
        if (registration.serves()) {
            controlPlane.serve();
        }
        if (closeOnShutdown) {
            closing.onShutdown(this);
        }
        if (registration.serves()) {
            late.watch();
        }
        return this;
    }

    @Override
    public void makeGlobal() {
        closing.check();
        GlobalMesh.set(this);
        if (closing.closed()) {
            // Meanwhile, and perhaps too early to be forgotten.
            GlobalMesh.forget(this);
            closing.check();
        }
    }

    @Override
    public <C> C wrap(C client) {
        closing.check();
        return adapters.wrap(this, client);
    }

    @Override
    public <S> S guard(S server) {
        closing.check();
        return adapters.guard(this, server);
    }

    @Override
    public boolean knows(String authority) {
        return outbound.knows(authority, "http");
    }

    @Override
    public Explanation explain(String method, String url, Map<String, String> headers) {
        return outbound.explain(Urls.head(method, url, headers));
    }

    @Override
    public List<UpstreamView> upstreams() {
        return outbound.upstreams();
    }

    @Override
    public List<RouteView> routes() {
        return outbound.routes();
    }

    @Override
    public Workload workload() {
        return new Workload(settings.service(), settings.namespace(), settings.version());
    }

    @Override
    public StockResources stockResources() {
        return controlPlane.stock();
    }

    @Override
    public MeshState state() {
        return standing.state();
    }

    @Override
    public CompletionStage<Mesh> ready() {
        return ready.stage();
    }

    @Override
    public void awaitReady(Duration atMost) {
        closing.check();
        ready.await(atMost, standing::missing);
    }

    @Override
    public String missing() {
        return standing.missing();
    }

    @Override
    public MeshConfiguration configuration() {
        return feed.configuration();
    }

    @Override
    public MeshIdentity identity() {
        return identity;
    }

    @Override
    public MeshHealth health() {
        return health;
    }

    @Override
    public List<String> origins() {
        return settings.origins();
    }

    @Override
    public void drain() {
        drain(settings.drainTimeout());
    }

    @Override
    public void drain(Duration atMost) {
        standing.drains();
        health.leave();
        if (!closing.closed()) {
            leaving.leave(atMost, settings.drainPropagation());
        }
    }

    @Override
    public void close() {
        closing.close();
    }

    /** Runs once, on the thread that closes first. */
    private void end() {
        if (registration.serves()) {
            drain();
        }
        closing.over();
        health.leave();
        GlobalMesh.forget(this);
        ready.fail();
        outbound.close();
        shared.close();
        feed.close();
        dns.close();
        controlPlane.close();
        identities.close();
        meters.close();
        identityMeters.close();
        expiry.close();
        workers.shutdown();
        fetchers.shutdownNow();
    }

    @Override
    public OutboundEngine outbound() {
        return outbound;
    }

    @Override
    public InboundEngine inbound() {
        return inbound;
    }

    @Override
    public World world() {
        return world;
    }

    @Override
    public int listening(
            String portName, String protocol, int servicePort, InetSocketAddress bound, Encryption encryption) {
        closing.check();
        late.watch();
        return registration.listening(portName, protocol, servicePort, bound, encryption);
    }

    @Override
    public void stopped(InetSocketAddress bound) {
        if (!closing.closed()) {
            registration.stopped(bound);
        }
    }

    @Override
    public int servicePort(int boundPort) {
        return registration.servicePort(boundPort);
    }

    @Override
    public <T extends AutoCloseable> T shared(Class<T> key, Function<Mesh, T> make) {
        return shared.get(key, () -> make.apply(this));
    }
}
