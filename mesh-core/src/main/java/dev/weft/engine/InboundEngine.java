package dev.weft.engine;

import dev.weft.request.RequestHead;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import java.util.concurrent.atomic.LongAdder;

/**
 * Decides about requests that arrive at a guarded server. One per mesh. Guards call {@link #begin} once per request; they
 * carry bytes and hold no policy. Everything may be called from any thread.
 */
public final class InboundEngine {
    private final World world;
    private final GuardedObserver observer;

    // Two adders and not one number: requests of all threads write them, only a drain reads them.
    private final LongAdder begun = new LongAdder();
    private final LongAdder over = new LongAdder();

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

    /** Requests that have begun and not ended; exact when none begins or ends meanwhile. */
    public long active() {
        long ended = over.sum();
        return begun.sum() - ended;
    }

    void began() {
        begun.increment();
    }

    void ended() {
        over.increment();
    }

    GuardedObserver observer() {
        return observer;
    }

    long now() {
        return world.ticker().nanoTime();
    }
}
