package dev.weft.engine;

import dev.weft.request.RequestHead;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides about requests that arrive at a guarded server. One per mesh. Guards call {@link #begin} once per request; they
 * carry bytes and hold no policy. Everything may be called from any thread.
 */
public final class InboundEngine {
    private final World world;
    private final GuardedObserver observer;

    // Counted up by begin() and down by the end of each exchange; read by whoever drains.
    private final AtomicInteger active = new AtomicInteger();

    /** @param observer hears about every request; its failures are logged once and change nothing */
    public InboundEngine(World world, MeshObserver observer) {
        this.world = world;
        this.observer = new GuardedObserver(observer);
    }

    /**
     * Takes in a request whose head has arrived. Called before anything of the application runs; the deadline that the caller
     * sent counts from here.
     *
     * @param head as it came by wire
     */
    public InboundExchange begin(RequestHead head) {
        return new InboundExchange(this, head);
    }

    /** Requests that have begun and not ended. */
    public int active() {
        return active.get();
    }

    void began() {
        active.incrementAndGet();
    }

    void ended() {
        active.decrementAndGet();
    }

    GuardedObserver observer() {
        return observer;
    }

    long now() {
        return world.ticker().nanoTime();
    }
}
