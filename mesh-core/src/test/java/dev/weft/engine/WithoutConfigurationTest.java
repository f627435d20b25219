package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.Snapshots;
import dev.weft.config.VirtualHost;
import dev.weft.identity.HeldIdentity;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls while there is no configuration, any more or yet, and calls after the end. */
final class WithoutConfigurationTest {
    private final ManualWorld world = World.manual();
    private final Late source = new Late();
    private final MeshSnapshot snapshot =
            Snapshots.empty().service("reviews", 9080, "10.0.0.1:80").snapshot();

    /** Delivers when it is told to. */
    private static final class Late implements SnapshotSource {
        @Nullable
        Consumer<MeshSnapshot> listener;

        @Override
        public void subscribe(Consumer<MeshSnapshot> newListener) {
            listener = newListener;
        }

        @Override
        public void request(VirtualHost host) {}

        void deliver(MeshSnapshot snapshot) {
            java.util.Objects.requireNonNull(listener).accept(snapshot);
        }
    }

    private OutboundEngine engine(Duration hold) {
        OutboundEngine engine = new OutboundEngine(
                world.world(),
                new RecordingObserver(),
                new WithoutConfiguration(hold.toNanos(), () -> "localhost:15010 refused"),
                new HeldIdentity());
        engine.follow(source);
        return engine;
    }

    private FakeAdapter call(OutboundEngine engine) {
        FakeAdapter adapter = new FakeAdapter(world.world());
        adapter.drives(
                engine.exchange(Calls.head("GET", "http://reviews:9080/1"), ExchangeOptions.NONE, Calls.ALL, adapter));
        return Calls.begin(adapter);
    }

    @Test
    void aCallWaitsAsLongAsItWasSaidAndIsToldWhy() {
        FakeAdapter call = call(engine(Duration.ofSeconds(2)));
        world.advance(Duration.ofMillis(1_999));
        assertThat(call.commands).isEmpty();

        world.advance(Duration.ofMillis(1));
        assertThat(call.commands).containsExactly("reply 503 NC");
        assertThat(call.reply.reason()).isEqualTo("no configuration (NC) within 2 s: localhost:15010 refused");
    }

    @Test
    void whoDoesNotWaitIsAnsweredAtOnce() {
        assertThat(call(engine(Duration.ZERO)).commands).containsExactly("reply 503 NC");
    }

    @Test
    void aWaitingCallGoesOnWhenConfigurationComes() {
        FakeAdapter call = call(engine(Duration.ofSeconds(2)));
        source.deliver(snapshot);

        assertThat(call.commands).containsExactly("send 1 to 10.0.0.1:80");
    }

    @Test
    void aForgottenConfigurationIsAsIfItHadNeverBeen() {
        OutboundEngine engine = engine(Duration.ZERO);
        source.deliver(snapshot);
        engine.forget();
        assertThat(engine.knows("reviews:9080", "http")).isFalse();
        assertThat(call(engine).commands).containsExactly("reply 503 NC");

        source.deliver(snapshot);
        assertThat(call(engine).commands).containsExactly("send 1 to 10.0.0.1:80");
    }

    @Test
    void afterTheEndNothingIsSentAndWhatWaitedIsAnswered() {
        OutboundEngine engine = engine(Duration.ofSeconds(2));
        FakeAdapter waiting = call(engine);
        engine.close();
        assertThat(waiting.commands).containsExactly("reply 503 NC");

        source.deliver(snapshot);
        FakeAdapter late = call(engine);
        assertThat(late.commands).containsExactly("reply 503 NC");
        assertThat(late.reply.reason()).contains("the mesh is closed");
    }

    @Test
    void callsInFlightAreCountedUntilTheirLastByte() {
        OutboundEngine engine = engine(Duration.ofSeconds(2));
        source.deliver(snapshot);
        FakeAdapter answered = call(engine);
        FakeAdapter cancelled = call(engine);
        assertThat(engine.active()).isEqualTo(2);

        answered.answer(200);
        assertThat(engine.active()).isOne();
        cancelled.exchange().cancel();
        cancelled.exchange().cancel();
        assertThat(engine.active()).isZero();

        FakeAdapter never = new FakeAdapter(world.world());
        never.drives(
                engine.exchange(Calls.head("GET", "http://reviews:9080/1"), ExchangeOptions.NONE, Calls.ALL, never));
        never.exchange().cancel();
        assertThat(engine.active()).isZero();
    }
}
