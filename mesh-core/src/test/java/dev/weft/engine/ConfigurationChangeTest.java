package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.Snapshots;
import dev.weft.config.StaticSource;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigurationChangeTest {

    @Test
    void listenersHearOfConfigurationThatIsInForceAlready() {
        OutboundEngine engine = new OutboundEngine(World.manual().world(), new MeshObserver() {});
        List<Boolean> known = new ArrayList<>();
        Runnable end = engine.onChange(() -> known.add(engine.knows("reviews:9080", "http")));
        StaticSource source = SnapshotSource.of(Snapshots.empty().snapshot());
        engine.follow(source);
        MeshSnapshot reviews =
                Snapshots.empty().service("reviews", 9080, "10.0.0.1:80").snapshot();
        source.set(reviews);
        end.run();
        source.set(Snapshots.empty().snapshot());
        assertThat(known).containsExactly(false, true);
    }
}
