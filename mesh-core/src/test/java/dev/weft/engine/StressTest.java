package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.OutlierDetection;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.RouteMatch;
import dev.weft.config.SnapshotSource;
import dev.weft.config.Snapshots;
import dev.weft.config.StaticSource;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Deadline;
import dev.weft.request.Headers;
import dev.weft.request.Hints;
import dev.weft.request.ResponseHead;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.Randomness;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Callers, servers, a clock and a control plane at once: configurations are swapped, hosts ejected and readmitted, limits hit,
 * budgets spent and callers leave, while events of the same call come from several threads. Seeded; nothing illegal may
 * happen, and in the end nothing may be held.
 */
final class StressTest {
    private static final int CALLERS = 3;
    private static final int CALLS = 1_500;
    private static final int MOST_AT_ONCE = 20;
    private static final ExchangeOptions PATIENT =
            new ExchangeOptions(Hints.NONE, Deadline.NONE, true, true, true, CallDefaults.NONE);

    private final ManualWorld manual = World.manual();
    private final World world = new World(manual, manual, Randomness.system());
    private final RecordingObserver observer = new RecordingObserver();
    private final StaticSource source = SnapshotSource.of(snapshot(0));
    private final OutboundEngine engine = new OutboundEngine(world, observer);
    private final Queue<Attempt> onTheWire = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicReference<Throwable> illegal = new AtomicReference<>();

    // Clusters that a snapshot dropped have live state of their own, so their limit is not the survivors'.
    private final Set<LiveCluster> lives = java.util.concurrent.ConcurrentHashMap.newKeySet();

    @Test
    void nothingIllegalHappensAndNothingIsHeldInTheEnd() throws InterruptedException {
        engine.follow(source);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int seed = i;
            threads.add(started("caller", () -> call(new Random(seed))));
        }
        for (int i = 0; i < 2; i++) {
            int seed = 100 + i;
            threads.add(started("server", () -> serve(new Random(seed))));
        }
        threads.add(started("clock", this::tick));
        threads.add(started("control", this::reconfigure));
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
        manual.advance(Duration.ofMinutes(10));

        if (illegal.get() != null) {
            throw new AssertionError(illegal.get());
        }
        assertThat(observer.calls).as("each call is over, once").hasSize(CALLERS * CALLS);
        assertThat(running.get()).isZero();
        noteLives();
        for (LiveCluster live : lives) {
            assertThat(live.breaker.requests()).isZero();
            assertThat(live.breaker.retries()).isZero();
            assertThat(live.upstream.ejected()).as("all are back").isZero();
            live.upstream
                    .hosts()
                    .priorities()
                    .forEach(set ->
                            set.all().forEach(host -> assertThat(host.active()).isZero()));
        }
        assertThat(observer.calls.stream().filter(call -> call.status() == 200).count())
                .as("and not only refusals were seen; how many calls go well is the scheduler's affair")
                .isGreaterThan(CALLERS * 10);
    }

    private void call(Random random) {
        for (int i = 0; i < CALLS; i++) {
            Wire wire = new Wire();
            Exchange exchange = engine.exchange(
                    Calls.head("GET", "http://reviews:9080/" + i),
                    i % 4 == 0 ? PATIENT : ExchangeOptions.NONE,
                    Calls.ALL,
                    wire);
            wire.exchange = exchange;
            wire.waker = new Waker(world, exchange::wake);
            exchange.start();
            if (random.nextInt(8) == 0) {
                exchange.cancel();
            }
            if (random.nextInt(16) == 0) {
                exchange.explain();
            }
            while (running.get() > MOST_AT_ONCE * 2) {
                Thread.yield();
            }
        }
    }

    /** Every call has ended, and nobody waits for a server any more. */
    private boolean over() {
        return illegal.get() != null || (observer.calls.size() == CALLERS * CALLS && onTheWire.isEmpty());
    }

    private void serve(Random random) {
        while (!over()) {
            Attempt attempt = onTheWire.poll();
            if (attempt == null) {
                Thread.yield();
                continue;
            }
            attempt.connected(random.nextBoolean());
            switch (random.nextInt(6)) {
                case 0 -> attempt.headers(new ResponseHead(503, Headers.EMPTY), false);
                case 1 -> attempt.failed(Failure.values()[random.nextInt(Failure.values().length)], null);
                case 2 -> {}
                default -> attempt.headers(new ResponseHead(200, Headers.EMPTY), false);
            }
            running.decrementAndGet();
            served.incrementAndGet();
            attempt.closed(new Attempt.Closed(0, 0, random.nextInt(9) > 0, null));
        }
    }

    /** A millisecond per ten attempts served; without any, time goes on for those who wait for it. */
    private void tick() {
        while (!over()) {
            int before = served.get();
            for (int i = 0; i < 50 && served.get() - before < 10; i++) {
                Thread.yield();
            }
            manual.advance(Duration.ofMillis(1));
        }
    }

    private void reconfigure() {
        for (int i = 1; !over(); i++) {
            noteLives();
            source.set(snapshot(i));
            Thread.yield();
        }
    }

    private void noteLives() {
        engine.configuration()
                .destinations()
                .values()
                .forEach(destination -> lives.add(((ServedCluster) destination).live));
    }

    private static MeshSnapshot snapshot(int generation) {
        long none = CircuitBreakers.UNLIMITED;
        RetryPolicy policy = new RetryPolicy(
                        Set.of(RetryOn.SERVER_ERROR),
                        Set.of(),
                        3,
                        Duration.ofMillis(20),
                        Duration.ofMillis(5),
                        Duration.ofMillis(50),
                        true,
                        5,
                        2)
                .withHedges(generation % 5 < 3);
        OutlierDetection outlier = new OutlierDetection(
                2,
                100,
                0,
                0,
                false,
                5,
                100,
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                60,
                false);
        String[] hosts = generation % 3 == 0
                ? new String[] {"a:1", "b:1", "c:1"}
                : generation % 3 == 1 ? new String[] {"b:1", "c:1", "d:1", "e:1"} : new String[] {"e:1", "a:1"};
        return Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(
                                RouteMatch.everything(), Snapshots.forward("reviews", Duration.ofMillis(200), policy)))
                .cluster(
                        Snapshots.cluster(
                                "reviews",
                                generation % 2 == 0
                                        ? new LoadBalancingPolicy.RoundRobin(null)
                                        : new LoadBalancingPolicy.LeastRequest(2, 1, null),
                                generation % 4 < 2
                                        ? new CircuitBreakers(none, none, MOST_AT_ONCE, 4, null)
                                        : new CircuitBreakers(none, none, MOST_AT_ONCE, none, null),
                                outlier),
                        hosts)
                .snapshot();
    }

    private Thread started(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, e) -> illegal.compareAndSet(null, e));
        thread.start();
        return thread;
    }

    /** The adapter of one call. Checks that commands come one at a time and that the call is decided once. */
    private final class Wire implements Adapter {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger decisions = new AtomicInteger();
        private Exchange exchange;
        private Waker waker;

        @Override
        public void send(Attempt attempt) {
            alone(() -> {
                running.incrementAndGet();
                onTheWire.add(attempt);
            });
        }

        @Override
        public void cancel(Attempt attempt) {
            // The server's end of it is on its way and will close it.
            alone(() -> {});
        }

        @Override
        public void wakeAt(long nanos) {
            alone(() -> waker.at(nanos));
        }

        @Override
        public void reply(dev.weft.request.LocalReply reply) {
            alone(this::decided);
        }

        @Override
        public void deliver(Attempt attempt) {
            alone(this::decided);
        }

        private void decided() {
            if (decisions.incrementAndGet() > 1) {
                illegal.compareAndSet(null, new AssertionError("decided twice: " + exchange.explain()));
            }
        }

        private void alone(Runnable command) {
            if (inside.incrementAndGet() > 1) {
                illegal.compareAndSet(null, new AssertionError("two commands at once"));
            }
            command.run();
            inside.decrementAndGet();
        }
    }
}
