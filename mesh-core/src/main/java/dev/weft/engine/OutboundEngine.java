package dev.weft.engine;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.request.RequestHead;
import dev.weft.route.Router;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides about outbound calls by the newest configuration. One per mesh; {@link #follow} is called once, before or after the
 * first calls; everything else from any thread.
 */
public final class OutboundEngine {
    private final World world;
    private final MeshObserver observer;

    // Written by the control thread; read once per request, which keeps what it read for all its attempts.
    private volatile @Nullable Configuration configuration;

    public OutboundEngine(World world, MeshObserver observer) {
        this.world = world;
        this.observer = observer;
    }

    /** Takes its configuration from this source from now on. */
    public void follow(SnapshotSource source) {
        source.subscribe(this::apply);
    }

    private void apply(MeshSnapshot snapshot) {
        Configuration previous = configuration;
        configuration =
                new Configuration(snapshot, Router.compile(snapshot, previous == null ? null : previous.router()));
    }

    /**
     * Prepares a call, on the caller's thread. Nothing happens before {@link Exchange#start}.
     *
     * @param head as the caller wrote it
     */
    public Exchange exchange(RequestHead head, ExchangeOptions options, Abilities abilities, Adapter adapter) {
        throw new UnsupportedOperationException("the data path follows with the next change");
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

    /** The decision about a call, without making it. */
    public Explanation explain(RequestHead head) {
        Configuration current = configuration;
        if (current == null) {
            return new Explanation(0, "", List.of("no configuration has arrived yet"));
        }
        return new Explanation(
                0, "", current.router().route(head, world.randomness()).steps());
    }
}
