package dev.weft.engine;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An engine in a manual world, with what its observer heard. */
final class Calls {
    static final Abilities ALL = new Abilities(true, true, true, true, true);

    final ManualWorld world = World.manual();
    final RecordingObserver observer = new RecordingObserver();
    final StaticSource source;
    final OutboundEngine engine;
    final List<FakeAdapter> adapters = new ArrayList<>();

    Calls(MeshSnapshot snapshot) {
        source = SnapshotSource.of(snapshot);
        engine = new OutboundEngine(world.world(), observer);
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

    void advance(long millis) {
        world.advance(Duration.ofMillis(millis));
    }
}
