package dev.weft.control.ads;

import dev.weft.control.registry.GracePeriods;
import dev.weft.control.registry.Registry;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.time.Duration;

/** The push server without gRPC: time stands still, pushes run on the thread that moves it. */
final class AdsBench {
    final ManualWorld world = World.manual();
    final HandmadeSource source = new HandmadeSource();
    final Registry registry = new Registry(world.world(), GracePeriods.DEFAULT);
    final AdsContext context;

    AdsBench() {
        this(AdsOptions.DEFAULT);
    }

    AdsBench(AdsOptions options) {
        context = new AdsContext(source, registry, world.world(), options, null, Runnable::run);
        source.onChange(context.rounds::changed);
        registry.onChange(snapshot -> context.rounds.changed());
        afterQuiet();
    }

    /** Publishes what the source has and lets the debounce pass. */
    void publish() {
        source.publish();
        afterQuiet();
    }

    void afterQuiet() {
        world.advance(Duration.ofMillis(101));
    }

    DeltaScript delta(String agent) {
        return new DeltaScript(this, agent);
    }

    SotwScript sotw(String agent) {
        return new SotwScript(this, agent);
    }
}
