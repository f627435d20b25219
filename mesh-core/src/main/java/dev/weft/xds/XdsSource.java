package dev.weft.xds;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StockResources;
import dev.weft.config.VirtualHost;
import dev.weft.controlplane.ServerAddress;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.World;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configuration from a control plane, or from disk while there is none. All methods may be called from any thread and return
 * at once, but for {@link #close}. Listeners are called on the control thread, one at a time.
 */
public final class XdsSource implements SnapshotSource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(XdsSource.class);

    /** Closing does not wait longer for a slow disk. */
    private static final long FLUSH_MILLIS = 5_000;

    private final World world;
    private final ControlThread control;
    private final Reception reception;
    private final Registration registration;
    private final AdsClient client;
    private final DiskCopy disk;
    /** Names handed over already; spares the control thread a task per call that waits. */
    private final Set<String> requested = ConcurrentHashMap.newKeySet();

    /** Written by the control thread, read by all. */
    private volatile XdsState state = XdsState.INITIAL;

    private final AtomicBoolean closing = new AtomicBoolean();
    private final Runnable forgetIdentity;

    // Control thread only, from here on.
    private @Nullable Consumer<MeshSnapshot> snapshots;
    private @Nullable Consumer<XdsState> states;
    private boolean started;
    private boolean closed;

    private XdsSource(Bootstrap bootstrap, @Nullable IdentitySource own, World world, Channels channels) {
        this.world = world;
        this.control = new ControlThread("weft-xds", world);
        this.reception =
                new Reception(control, world, bootstrap.options().keepLastGoodOnEmpty(), this::deliver, this::changed);
        this.registration = new Registration(control);
        long epoch = world.ticker().epochMillis();
        this.client = new AdsClient(
                control,
                world,
                channels,
                bootstrap,
                () -> NodeMessage.of(bootstrap.node(), own, epoch, registration.ports()),
                reception,
                registration,
                this::showState);
        this.disk = new DiskCopy(control, bootstrap, reception::stored);
        this.forgetIdentity = own == null ? () -> {} : own.onChange(identity -> control.execute(client::identified));
    }

    /**
     * A source in plaintext that has opened nothing yet.
     *
     * @throws IllegalArgumentException if a server is not loopback and the options do not say that it may be spoken to without TLS
     */
    public static XdsSource create(Bootstrap bootstrap, World world) {
        for (String server : bootstrap.servers()) {
            if (!bootstrap.options().plaintext() && !ServerAddress.of(server).isLoopback()) {
                throw new IllegalArgumentException(
                        "control plane " + server
                                + ": a loopback address was expected, or an identity to speak TLS, or leave to speak plaintext to it");
            }
        }
        return new XdsSource(bootstrap, null, world, Channels::plaintext);
    }

    /**
     * A source over TLS that has opened nothing yet. It opens a stream as soon as there is an identity, and none outlives the
     * certificate that it was opened with.
     *
     * @param own by which both sides know each other
     * @param bearer reads a token to be sent too where the control plane does not see our certificate; null: there is none
     * @param mistrusted hears that the control plane and we do not believe each other's certificates: it may have another root by now;
     *     on the control thread
     */
    public static XdsSource create(
            Bootstrap bootstrap,
            IdentitySource own,
            @Nullable Supplier<@Nullable String> bearer,
            Runnable mistrusted,
            World world) {
        return new XdsSource(bootstrap, own, world, new SecureChannels(own, bearer, mistrusted, world.ticker()));
    }

    static XdsSource create(Bootstrap bootstrap, World world, Channels channels) {
        return new XdsSource(bootstrap, null, world, channels);
    }

    static XdsSource create(Bootstrap bootstrap, IdentitySource own, World world, Channels channels) {
        return new XdsSource(bootstrap, own, world, channels);
    }

    /** Reads the disk and opens the stream. Once; further calls are harmless. */
    public void start() {
        control.execute(() -> {
            if (!started && !closed) {
                started = true;
                disk.restore(reception, world.ticker());
                client.connect();
            }
        });
    }

    @Override
    public void subscribe(Consumer<MeshSnapshot> listener) {
        control.execute(() -> {
            snapshots = listener;
            MeshSnapshot current = reception.current();
            if (current != null) {
                listener.accept(current);
            }
        });
    }

    private void deliver(MeshSnapshot snapshot) {
        if (snapshots != null) {
            snapshots.accept(snapshot);
        }
    }

    @Override
    public void request(VirtualHost host) {
        if (requested.add(host.name())) {
            control.execute(() -> reception.use(host.name()));
        }
    }

    /** How the client stands with its control plane. */
    public XdsState state() {
        return state;
    }

    /** Hears of each change of {@link #state}, beginning with the present one. One listener. */
    public void onState(Consumer<XdsState> listener) {
        control.execute(() -> {
            states = listener;
            listener.accept(state);
        });
    }

    /** Resources that others read, over the same stream. */
    public StockResources stock() {
        return listener -> new StockResources.Watch() {
            private final StockFeed.Reader reader = new StockFeed.Reader(listener);

            @Override
            public void want(String typeUrl, Set<String> names) {
                Set<String> copy = Set.copyOf(names);
                control.execute(() -> reception.want(reader, typeUrl, copy));
            }

            @Override
            public void close() {
                control.execute(() -> reception.forget(reader));
            }
        };
    }

    private void showState() {
        XdsState next = client.state();
        if (!next.equals(state)) {
            state = next;
            reception.trouble(next.connected() ? "" : next.lastFailure());
            if (states != null) {
                states.accept(next);
            }
        }
    }

    private void changed() {
        if (!closed) {
            disk.changed();
        }
        showState();
    }

    /** The process takes requests, or will: asks for the policy by which it does. */
    public void serve() {
        control.execute(reception::serve);
    }

    /** Says what the process listens on, again on each change. Before the first call it is a client only. */
    public void announce(List<AnnouncedPort> ports) {
        List<AnnouncedPort> copy = List.copyOf(ports);
        control.execute(() -> {
            registration.announce(copy);
            if (!copy.isEmpty()) {
                reception.serve();
            }
        });
    }

    /** Tells the registry that the process wants to be called, which it assumes. */
    public void up() {
        control.execute(() -> registration.health(null));
    }

    /** Tells the registry that the process does not want to be called. */
    public void down(String reason) {
        control.execute(() -> registration.health(reason));
    }

    /**
     * Leaves the registry. Completes when the control plane says that every caller knows, at the latest after 3 s, and at once
     * where there is nothing to leave. Never fails. Nothing is registered afterwards.
     */
    public CompletionStage<Void> goodbye() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        control.execute(() -> {
            if (closed) {
                done.complete(null);
            } else {
                registration.goodbye(done);
            }
        });
        return done;
    }

    /** Ends the stream and writes what is not on disk yet; waits for that, a few seconds at most. Further calls do nothing. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        forgetIdentity.run();
        CountDownLatch done = new CountDownLatch(1);
        control.execute(() -> {
            disk.save();
            closed = true;
            client.close();
            showState();
            done.countDown();
        });
        try {
            if (!done.await(FLUSH_MILLIS, TimeUnit.MILLISECONDS)) {
                log.debug("closed while the control thread is busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        control.close();
        disk.flush(FLUSH_MILLIS);
    }

    /** Waits until the control thread has done what was handed over before. For tests. */
    void settle() {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        control.execute(() -> reached.complete(null));
        reached.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
