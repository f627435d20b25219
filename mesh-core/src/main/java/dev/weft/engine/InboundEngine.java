package dev.weft.engine;

import dev.weft.authz.StageFactory;
import dev.weft.config.InboundPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.request.RequestHead;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Decides about requests that arrive at a guarded server. One per mesh. Guards call {@link #begin} once per request; they
 * carry bytes and hold no policy. Before a first configuration nobody is let in. Everything may be called from any thread.
 */
public final class InboundEngine {
    private final World world;
    private final GuardedObserver observer;
    private final StageFactory factory;

    // Written by whoever delivers snapshots, one at a time; read once per request. Null: a configuration written by
    // hand that
    // does not speak of requests that arrive.
    private volatile @Nullable InboundGate gate = InboundGate.UNCONFIGURED;

    // Two adders and not one number: requests of all threads write them, only a drain reads them.
    private final LongAdder begun = new LongAdder();
    private final LongAdder over = new LongAdder();

    /** An engine that lets nobody in where a policy wants tokens verified or an authorizer asked. */
    public InboundEngine(World world, MeshObserver observer) {
        this(world, observer, StageFactory.NONE);
    }

    /**
     * @param observer hears about every request; its failures are logged once and change nothing
     * @param factory makes the stages that may have to ask somebody
     */
    public InboundEngine(World world, MeshObserver observer, StageFactory factory) {
        this.world = world;
        this.observer = new GuardedObserver(observer);
        this.factory = factory;
    }

    /**
     * Takes what holds from now on; requests that have begun are judged by what held then. One call at a time.
     *
     * @param snapshot of which the inbound policy is taken; without one everybody is let in
     */
    public void apply(MeshSnapshot snapshot) {
        InboundPolicy policy = snapshot.inbound();
        InboundGate before = gate;
        if (policy == null) {
            gate = null;
        } else if (before == null || !policy.equals(before.policy())) {
            gate = InboundGate.compile(policy, before, factory);
        }
    }

    /**
     * Takes in a request whose head has arrived. Called before anything of the application runs; the deadline that the caller
     * sent counts from here.
     *
     * @param head as it came by wire
     */
    public InboundExchange begin(RequestHead head) {
        return begin(head, Peer.UNKNOWN);
    }

    /**
     * Takes in a request of which the guard knows where it came from.
     *
     * @param head as it came by wire
     * @param peer who sent it, and to which port
     */
    public InboundExchange begin(RequestHead head, Peer peer) {
        return new InboundExchange(this, head, peer, gate);
    }

    /**
     * Why connections of this kind must not be taken now, for logs, or null: they may. Guards that see connections ask before they
     * read a request, and close without an answer.
     *
     * @param servicePort port under which callers know the service
     * @param encrypted whether the connection is TLS of the mesh
     */
    public @Nullable String refusesConnection(int servicePort, boolean encrypted) {
        InboundGate current = gate;
        return current == null ? null : current.refusesConnection(servicePort, encrypted);
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
