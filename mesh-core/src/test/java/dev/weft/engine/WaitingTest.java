package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.Snapshots;
import dev.weft.config.VirtualHost;
import dev.weft.request.Deadline;
import dev.weft.request.Hints;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Calls that come before their configuration. */
final class WaitingTest {
    private static final VirtualHost INDEXED = VirtualHost.indexed("reviews:9080", List.of("reviews"));
    private static final MeshSnapshot INDEX =
            Snapshots.empty().host(9080, INDEXED).snapshot();
    private static final MeshSnapshot LOADED =
            Snapshots.empty().service("reviews", 9080, "a:1").snapshot();

    @Test
    void aCallWaitsForRoutesAndAsksForThemOnce() {
        Calls calls = new Calls(INDEX);
        FakeAdapter call = calls.get("http://reviews:9080/");
        assertThat(call.commands).isEmpty();
        assertThat(calls.source.requested()).containsExactly(INDEXED);

        calls.source.set(INDEX);
        assertThat(calls.source.requested()).as("asked already").hasSize(1);
        calls.source.set(LOADED);
        assertThat(call.commands).containsExactly("send 1 to a:1");
        assertThat(call.exchange().explain().steps()).startsWith("waited for the routes of reviews:9080");
        call.answer(200);
        calls.assertBooksClosed();
    }

    @Test
    void newsIsToldOnceToEachOfManyCallsThatHaveToWaitOn() {
        Calls calls = new Calls(INDEX);
        List<FakeAdapter> waiting = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            waiting.add(calls.get("http://reviews:9080/"));
        }

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> calls.source.set(INDEX));
        calls.source.set(LOADED);

        assertThat(waiting).allSatisfy(call -> assertThat(call.commands).containsExactly("send 1 to a:1"));
    }

    @Test
    void itDoesNotWaitForEver() {
        Calls calls = new Calls(INDEX);
        FakeAdapter call = calls.get("http://reviews:9080/");
        calls.advance(4_999);
        assertThat(call.commands).isEmpty();
        calls.advance(1);
        assertThat(call.commands).containsExactly("reply 503 NC");
        assertThat(call.reply.reason()).contains("reviews:9080", "5 s");

        calls.source.set(LOADED);
        assertThat(call.commands).as("too late").hasSize(1);
    }

    @Test
    void norLongerThanItsCaller() {
        Calls calls = new Calls(INDEX);
        FakeAdapter call = Calls.begin(calls.get(
                "http://reviews:9080/",
                new ExchangeOptions(Hints.within(Duration.ofMillis(100)), Deadline.NONE, true)));
        calls.advance(100);

        assertThat(call.commands).containsExactly("reply 504 UT");
    }

    @Test
    void aNameThatGoesAwayMeanwhileIsNotFound() {
        Calls calls = new Calls(INDEX);
        FakeAdapter call = calls.get("http://reviews:9080/");
        calls.source.set(Snapshots.empty().snapshot());

        assertThat(call.commands).containsExactly("reply 404 NR");
    }

    @Test
    void beforeAnyConfigurationCallsWaitForTheFirst() {
        ManualWorld world = World.manual();
        LateSource late = new LateSource();
        OutboundEngine engine = new OutboundEngine(world.world(), new RecordingObserver());
        FakeAdapter before = begin(engine, world);
        engine.follow(late);
        FakeAdapter after = begin(engine, world);
        assertThat(engine.knows("reviews:9080", "http")).isFalse();
        late.listener.accept(LOADED);

        assertThat(before.commands).containsExactly("send 1 to a:1");
        assertThat(after.commands).containsExactly("send 1 to a:1");
        assertThat(before.exchange().explain().steps()).startsWith("waited for the first configuration");
        assertThat(engine.knows("reviews:9080", "http")).isTrue();
    }

    @Test
    void afterTheFirstConfigurationThereIsTimeForTheRoutes() {
        ManualWorld world = World.manual();
        LateSource late = new LateSource();
        OutboundEngine engine = new OutboundEngine(world.world(), new RecordingObserver());
        engine.follow(late);
        FakeAdapter call = begin(engine, world);
        world.advance(Duration.ofMillis(4_900));
        late.listener.accept(INDEX);
        world.advance(Duration.ofMillis(4_900));
        assertThat(call.commands).isEmpty();
        late.listener.accept(LOADED);

        assertThat(call.commands).containsExactly("send 1 to a:1");
    }

    @Test
    void withoutAnyTheReasonAsksForTheControlPlane() {
        ManualWorld world = World.manual();
        OutboundEngine engine = new OutboundEngine(world.world(), new RecordingObserver());
        FakeAdapter call = begin(engine, world);
        world.advance(Duration.ofSeconds(5));

        assertThat(call.commands).containsExactly("reply 503 NC");
        assertThat(call.reply.reason()).contains("is the control plane reachable?");
    }

    private static FakeAdapter begin(OutboundEngine engine, ManualWorld world) {
        FakeAdapter adapter = new FakeAdapter(world.world());
        adapter.drives(
                engine.exchange(Calls.head("GET", "http://reviews:9080/"), ExchangeOptions.NONE, Calls.ALL, adapter));
        return Calls.begin(adapter);
    }

    private static final class LateSource implements SnapshotSource {
        private Consumer<MeshSnapshot> listener;

        @Override
        public void subscribe(Consumer<MeshSnapshot> newListener) {
            listener = newListener;
        }

        @Override
        public void request(VirtualHost host) {}
    }
}
