package dev.weft.xds;

import dev.weft.config.ConfigProblem;
import dev.weft.config.MeshSnapshot;
import dev.weft.runtime.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is made of pushes: their resources go to the {@link Intake}, the names that follow from them are asked for, and snapshots
 * are put together. Survives streams. Control thread only.
 */
final class Reception {
    private final ControlThread control;
    private final World world;
    private final Consumer<MeshSnapshot> snapshots;
    private final Runnable onChange;

    private final Subscriptions subscriptions;
    private final SnapshotAssembler assembler;
    private final Interest interest;
    private final Asking asking;
    private final AcceptedResources accepted = new AcceptedResources();
    private final StockFeed stock;
    private final Intake intake;

    private @Nullable AdsStream stream;
    private Dialect dialect = Dialect.UNKNOWN;
    private String version = "";
    private long acceptedMillis;
    private MeshSnapshot.Source source = MeshSnapshot.Source.DISK;
    private @Nullable MeshSnapshot current;
    /** There is a configuration to go on with, from disk or from a complete first set. */
    private boolean configured;

    private long number;

    /**
     * @param snapshots takes each new snapshot
     * @param onChange run when something that the disk or an observer would want to know has changed
     */
    Reception(
            ControlThread control,
            World world,
            boolean keepLastGoodOnEmpty,
            Consumer<MeshSnapshot> snapshots,
            Runnable onChange) {
        this.control = control;
        this.world = world;
        this.snapshots = snapshots;
        this.onChange = onChange;
        this.subscriptions = new Subscriptions(control, this::update);
        this.assembler = new SnapshotAssembler(subscriptions);
        this.interest = new Interest(assembler.resources());
        this.stock = new StockFeed(control, subscriptions, this::update);
        this.asking = new Asking(subscriptions, assembler, interest, accepted, stock);
        this.intake =
                new Intake(control, subscriptions, assembler, accepted, stock, keepLastGoodOnEmpty, this::publish);
    }

    /** Takes what an earlier run left on disk. */
    void restore(Stored stored) {
        control.check();
        dialect = stored.dialect();
        version = stored.version();
        acceptedMillis = stored.acceptedMillis();
        stored.used().forEach(interest::use);
        stored.resources()
                .forEach((type, resources) -> resources.forEach((name, raw) -> intake.restore(type, name, raw)));
        configured = accepted.anyRead();
        source = MeshSnapshot.Source.DISK;
        publish();
        stock.deliver();
    }

    /** Somebody wants resources that he reads himself. */
    void want(StockFeed.Reader reader, String typeUrl, Set<String> names) {
        control.check();
        stock.want(reader, typeUrl, names);
        update();
    }

    /** He wants none any more. */
    void forget(StockFeed.Reader reader) {
        control.check();
        stock.forget(reader);
        update();
    }

    /** @param trouble why there is no stream; empty if there is one */
    void trouble(String trouble) {
        stock.obstacle(
                trouble.isEmpty() && dialect == Dialect.SIDECAR
                        ? "the control plane serves nothing in the shape of stock gRPC over this stream: mesh-control was expected"
                        : trouble);
        stock.deliver();
    }

    /** The process takes requests, so that it must know whose. */
    void serve() {
        control.check();
        if (interest.serve()) {
            update();
        }
    }

    /** Begins with a new stream. */
    void opened(AdsStream opened) {
        control.check();
        stream = opened;
        subscriptions.connected();
        asking.first(opened, dialect);
    }

    /** Until now the control plane was there. */
    void confirmed() {
        acceptedMillis = world.ticker().epochMillis();
    }

    /** Goes on without a stream. */
    void closed() {
        control.check();
        stream = null;
        subscriptions.disconnected();
    }

    /** Asks for a virtual host of the index from now on. */
    void use(String host) {
        control.check();
        if (interest.use(host)) {
            update();
        }
    }

    /** Takes a push and answers it. */
    void pushed(Push push) {
        control.check();
        AdsStream from = stream;
        ResourceType type = ResourceType.of(push.typeUrl());
        if (from == null || type == null) {
            return;
        }
        boolean first = !subscriptions.isAnswered(type);
        if (first && type == ResourceType.CLUSTER) {
            dialect = Dialect.of(push.controlPlane());
        }
        subscriptions.answered(type);
        List<ConfigProblem> errors = new ArrayList<>();
        Set<String> mentioned = new HashSet<>();
        for (Push.Received resource : push.resources()) {
            mentioned.add(resource.name());
            errors.addAll(intake.take(type, resource));
        }
        Set<String> gone = new HashSet<>(push.removed());
        if (push.fullState() || first && asking.firstIsFull(type, dialect)) {
            gone.addAll(accepted.names(type));
        }
        gone.removeAll(mentioned);
        intake.remove(type, gone, mentioned.isEmpty());
        if (!push.version().isEmpty()) {
            version = push.version();
        }
        if (errors.isEmpty()) {
            acceptedMillis = world.ticker().epochMillis();
        }
        // First the acknowledgement, then what follows from the push; but neither before it is in force.
        from.hold();
        try {
            from.answer(push, errors.isEmpty() ? null : Refusal.words(errors));
            update();
        } finally {
            from.release();
        }
    }

    /** Asks for what follows, drops what nothing refers to any more, and shows the result. */
    private void update() {
        Set<String> before;
        do {
            AdsStream open = stream;
            if (open != null && subscriptions.isAnswered(ResourceType.CLUSTER)) {
                asking.again(open, dialect);
            }
            before = assembler.namedInForce();
            publish();
            // New tables in force set free the clusters of the old ones, and those can be dropped in the next round.
        } while (!before.equals(assembler.namedInForce()));
        stock.deliver();
    }

    private void publish() {
        boolean complete = stream != null && asking.isComplete(dialect);
        if (!configured && !complete) {
            onChange.run();
            return;
        }
        configured = true;
        if (complete) {
            source = MeshSnapshot.Source.STREAM;
        }
        MeshSnapshot next = assembler.assemble(version + "#" + (number + 1), source, acceptedMillis);
        if (current == null || !SameParts.same(current, next)) {
            number++;
            current = next;
            snapshots.accept(next);
        }
        onChange.run();
    }

    Dialect dialect() {
        return dialect;
    }

    /** The snapshot in force, or null. */
    @Nullable
    MeshSnapshot current() {
        return current;
    }

    long acceptedMillis() {
        return acceptedMillis;
    }

    List<ConfigProblem> problems() {
        return intake.problems();
    }

    /** What the disk is to keep; null while there is nothing worth it. */
    @Nullable
    Stored stored() {
        return accepted.isEmpty() && interest.used().isEmpty()
                ? null
                : new Stored(dialect, version, acceptedMillis, interest.used(), accepted.copy());
    }
}
