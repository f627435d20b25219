package dev.weft.grpc.link;

import dev.weft.Mesh;
import dev.weft.engine.Attempt;
import dev.weft.engine.Attempt.Failure;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer.Helper;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one channel, each made when the first attempt wants it. A pick is one look into a map, whatever the number of hosts.
 * Everything else happens within the channel's synchronization context.
 *
 * <p>gRPC asks all waiting attempts again whenever it is given a picker. So it is given one, the same, only when something has changed
 * for them, and once for all changes that come together, after a pause where {@link Asking} takes long.
 */
final class Links extends SubchannelPicker {
    private static final PickResult BEGUN_OTHERWISE = PickResult.withDrop(
            Status.UNAVAILABLE.withDescription("the name has become the mesh's since this call began; begin it again"));

    final Mesh mesh;
    final @Nullable LinkTls tls;
    private final Helper helper;
    private final String authority;
    private final SynchronizationContext sync;
    private final Executor offload;

    // Entries are added by any thread that picks, and removed within the synchronization context or by whoever meets a
    // link that has ended.
    private final ConcurrentHashMap<LinkKey, Link> byKey = new ConcurrentHashMap<>();

    // From here on only within the synchronization context.
    private final Map<LinkKey.Place, Link> newest = new HashMap<>();
    private final List<Link> changed = new ArrayList<>();
    private int ready;
    private int connecting;
    private boolean failing;
    private boolean telling;
    private final Asking asking = new Asking();
    private long pausedUntil;
    private boolean closed;
    private List<Runnable> subscriptions = List.of();

    /** A look at what has left the configuration is on its way. */
    private final AtomicBoolean sweeping = new AtomicBoolean();

    Links(Helper helper, Mesh mesh, @Nullable LinkTls tls) {
        this.helper = helper;
        this.mesh = mesh;
        this.tls = tls;
        authority = helper.getAuthority();
        sync = helper.getSynchronizationContext();
        offload = helper.getNameResolverArgs().getOffloadExecutor();
        pausedUntil = now();
    }

    void begin() {
        List<Runnable> ends = new ArrayList<>(2);
        ends.add(mesh.outbound().onChange(this::sweepSoon));
        if (tls != null) {
            ends.add(tls.onChange(this::sweepSoon));
        }
        subscriptions = ends;
        tell();
    }

    Helper helper() {
        return helper;
    }

    SynchronizationContext sync() {
        return sync;
    }

    Executor offload() {
        return offload;
    }

    // Picks, from any thread. What is thrown here would end the channel for good (gRPC calls that panic).

    @Override
    public PickResult pickSubchannel(PickSubchannelArgs args) {
        CallOptions options = args.getCallOptions();
        Attempt attempt = options.getOption(AttemptOption.KEY);
        if (attempt == null) {
            return ChannelHold.isMet(args, this) ? PickResult.withNoResult() : BEGUN_OTHERWISE;
        }
        String own = options.getAuthority();
        return pick(attempt, own == null ? authority : own);
    }

    /** @param named the authority that the attempt bears */
    PickResult pick(Attempt attempt, String named) {
        try {
            LinkKey key = LinkKey.of(attempt, named, tls);
            PickResult answer = key.tls() != null && tls == null ? unprotected(key) : pick(attempt, key);
            asking.picked(!answer.hasResult());
            return answer;
        } catch (RuntimeException e) {
            return PickResult.withDrop(Status.INTERNAL
                    .withDescription("no way to " + attempt.host().address() + ": " + e)
                    .withCause(e));
        }
    }

    /** The engine refuses such hosts before; but there must be no way from here to plaintext. */
    private static PickResult unprotected(LinkKey key) {
        String message = key.host().address()
                + ": TLS is demanded, but the builder of this channel was not wrapped: mesh.wrap(builder), of grpc-netty or"
                + " grpc-netty-shaded";
        return PickResult.withDrop(Status.UNAVAILABLE
                .withDescription(message)
                .withCause(new LinkFailedException(Failure.TLS, message, null)));
    }

    private PickResult pick(Attempt attempt, LinkKey key) {
        while (true) {
            Link link = byKey.get(key);
            if (link == null) {
                link = byKey.computeIfAbsent(key, wanted -> new Link(wanted, this));
            }
            PickResult answer = link.answer();
            if (answer == Link.IDLE) {
                Link wanted = link;
                sync.execute(() -> wanted.dial(attempt.cluster().connectTimeout()));
                return PickResult.withNoResult();
            }
            if (answer != Link.ENDED) {
                return answer;
            }
            byKey.remove(key, link);
        }
    }

    // What links say.

    void enters(ConnectivityState before, ConnectivityState now) {
        count(before, -1);
        count(now, 1);
    }

    private void count(ConnectivityState state, int by) {
        if (state == ConnectivityState.READY) {
            ready += by;
        } else if (state == ConnectivityState.CONNECTING) {
            connecting += by;
        }
    }

    /** The first connection of a link is wanted: what led to the same place before is in nobody's configuration. */
    void opens(Link link) {
        Link before = newest.put(link.key().place(), link);
        if (before != null && before != link) {
            before.supersede();
            retireIfOutdated(before);
        }
    }

    /** Attempts that wait for this link are to be asked again. */
    void changed(Link link, boolean failed) {
        failing = failed;
        changed.add(link);
        tell();
    }

    /** A link has ended before it could dial for those who wait for it. */
    void pickAgain() {
        tell();
    }

    private void tell() {
        if (telling) {
            return;
        }
        telling = true;
        long pause = pausedUntil - now();
        if (pause <= 0) {
            sync.execute(this::telling);
        } else {
            mesh.world().timer().schedule(pause, () -> elsewhere(this::telling));
        }
    }

    private long now() {
        return mesh.world().ticker().nanoTime();
    }

    /** Within the synchronization context, entered from a thread that may run the user's code. */
    private void elsewhere(Runnable task) {
        try {
            offload.execute(() -> sync.execute(task));
        } catch (RejectedExecutionException e) {
            // The user's own executor, and he has ended it.
            sync.execute(task);
        }
    }

    private void telling() {
        telling = false;
        if (closed) {
            return;
        }
        List<Link> told = List.copyOf(changed);
        changed.clear();
        long begun = now();
        asking.begins();
        helper.updateBalancingState(state(), this);
        long ended = now();
        pausedUntil = ended + asking.ended(ended - begun);
        for (Link link : told) {
            link.told();
            retireIfOutdated(link);
        }
    }

    /** As for any channel; one that is not connected yet has nothing to wait for: who waits until it can be used may use it. */
    private ConnectivityState state() {
        if (ready > 0) {
            return ConnectivityState.READY;
        }
        if (connecting > 0) {
            return ConnectivityState.CONNECTING;
        }
        return failing ? ConnectivityState.TRANSIENT_FAILURE : ConnectivityState.READY;
    }

    // What the configuration says.

    /** On any thread, even one that holds locks of the mesh: looks elsewhere, and once for all changes that come meanwhile. */
    private void sweepSoon() {
        if (sweeping.compareAndSet(false, true)) {
            elsewhere(this::sweep);
        }
    }

    private void sweep() {
        sweeping.set(false);
        byKey.values().forEach(this::retireIfOutdated);
    }

    private void retireIfOutdated(Link link) {
        if (link.canEnd() && outdated(link)) {
            retire(link);
        }
    }

    private boolean outdated(Link link) {
        LinkKey key = link.key();
        return key.host().gone()
                || link.superseded()
                || (tls != null && key.tls() != null && tls.epoch(key.tls()) != key.epoch());
    }

    private void retire(Link link) {
        byKey.remove(link.key(), link);
        newest.remove(link.key().place(), link);
        link.end();
    }

    /** How many there are, connected or not. */
    int size() {
        return byKey.size();
    }

    void close() {
        closed = true;
        subscriptions.forEach(Runnable::run);
        List.copyOf(byKey.values()).forEach(this::retire);
    }

    boolean closed() {
        return closed;
    }
}
