package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.RouteMatch;
import dev.weft.config.SnapshotSource;
import dev.weft.config.Snapshots;
import dev.weft.config.StaticSource;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.IdentitySource;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import dev.weft.upstream.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An engine in a manual world, with what its observer heard. */
final class Calls {
    static final Abilities ALL = new Abilities(true, true, true, true, true);

    final ManualWorld world = World.manual();
    final RecordingObserver observer = new RecordingObserver();
    final StaticSource source;
    final OutboundEngine engine;
    final List<FakeAdapter> adapters = new ArrayList<>();

    Calls(MeshSnapshot snapshot) {
        this(snapshot, new HeldIdentity());
    }

    Calls(MeshSnapshot snapshot, IdentitySource own) {
        source = SnapshotSource.of(snapshot);
        engine = new OutboundEngine(world.world(), observer, WithoutConfiguration.HOLD, own);
        engine.follow(source);
    }

    FakeAdapter get(String url, String... headers) {
        return begin(get(url, ExchangeOptions.NONE, headers));
    }

    static RequestHead head(String method, String url, String... headers) {
        int scheme = url.indexOf("://");
        int slash = url.indexOf('/', scheme + 3);
        return new RequestHead(
                method,
                url.substring(0, scheme),
                url.substring(scheme + 3, slash),
                url.substring(slash),
                Headers.of(headers));
    }

    /** Prepared, not begun. */
    FakeAdapter get(String url, ExchangeOptions options, String... headers) {
        return prepare(head("GET", url, headers), options, ALL);
    }

    FakeAdapter prepare(RequestHead head, ExchangeOptions options, Abilities abilities) {
        FakeAdapter adapter = new FakeAdapter(world.world());
        adapter.drives(engine.exchange(head, options, abilities, adapter));
        adapters.add(adapter);
        return adapter;
    }

    static FakeAdapter begin(FakeAdapter adapter) {
        adapter.exchange().start();
        return adapter;
    }

    /** The live side of a cluster. */
    LiveCluster live(String cluster) {
        return ((ServedCluster) engine.configuration().destinations().get(cluster)).live;
    }

    Host host(String cluster, String address) {
        return live(cluster).upstream.hosts().priorities().stream()
                .flatMap(set -> set.all().stream())
                .filter(host -> host.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    /** Nothing is held any more: no place in a limit, no active request. */
    void assertBooksClosed() {
        engine.configuration().destinations().values().forEach(destination -> {
            LiveCluster live = ((ServedCluster) destination).live;
            assertThat(live.breaker.requests()).as("active requests").isZero();
            assertThat(live.breaker.retries()).as("retries").isZero();
            live.upstream
                    .hosts()
                    .priorities()
                    .forEach(set -> set.all()
                            .forEach(host -> assertThat(host.active())
                                    .as("active on " + host)
                                    .isZero()));
        });
    }

    static RetryPolicy retry(int retries, RetryOn... on) {
        return new RetryPolicy(
                Set.of(on), Set.of(), retries, null, Duration.ofMillis(25), Duration.ofMillis(250), false, 1, 0);
    }

    static RetryPolicy within(Duration perTry, RetryPolicy policy) {
        return new RetryPolicy(
                policy.on(),
                policy.statusCodes(),
                policy.retries(),
                perTry,
                policy.backoffBase(),
                policy.backoffMax(),
                policy.avoidPreviousHosts(),
                policy.hostSelectionAttempts(),
                policy.avoidPreviousPriorities());
    }

    /** One service {@code reviews:9080} with this timeout and these retries. */
    static Calls to(@Nullable Duration timeout, RetryPolicy retry, String... addresses) {
        return new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(RouteMatch.everything(), Snapshots.forward("reviews", timeout, retry)))
                .cluster(Snapshots.cluster("reviews"), addresses)
                .snapshot());
    }

    void advance(long millis) {
        world.advance(Duration.ofMillis(millis));
    }
}
