package dev.weft.xds;

import dev.weft.config.ConfigProblem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a resource goes that is pushed or comes from disk: it is read, and kept or refused; those in the shape of stock gRPC go unread to
 * who wants them. And where it leaves again. Control thread only.
 */
final class Intake {
    private static final Logger log = LoggerFactory.getLogger(AdsClient.class);

    /** How long a removed cluster stays while routes name it: as long as its successor may take to come. */
    private static final Duration LEAVING_FOR = Subscriptions.NOT_FOUND_AFTER;

    private final ControlThread control;
    private final Subscriptions subscriptions;
    private final SnapshotAssembler assembler;
    private final AcceptedResources accepted;
    private final StockFeed stock;
    private final boolean keepLastGoodOnEmpty;
    private final Runnable onLeft;
    private final StandingProblems problems = new StandingProblems();

    /** @param onLeft run when a resource that was to stay for a while has gone */
    Intake(
            ControlThread control,
            Subscriptions subscriptions,
            SnapshotAssembler assembler,
            AcceptedResources accepted,
            StockFeed stock,
            boolean keepLastGoodOnEmpty,
            Runnable onLeft) {
        this.control = control;
        this.subscriptions = subscriptions;
        this.assembler = assembler;
        this.accepted = accepted;
        this.stock = stock;
        this.keepLastGoodOnEmpty = keepLastGoodOnEmpty;
        this.onLeft = onLeft;
    }

    /** One that an earlier run left on disk. */
    void restore(ResourceType type, String name, AcceptedResources.Raw raw) {
        if (StockNames.is(name)) {
            stock.restore(type, name, raw.value());
            accepted.put(type, name, raw);
        } else {
            read(type, name, raw);
        }
    }

    /** @return why it is refused; empty if it is not */
    List<ConfigProblem> take(ResourceType type, Push.Received resource) {
        String name = resource.name();
        AcceptedResources.Raw raw = new AcceptedResources.Raw(resource.version(), resource.value());
        if (StockNames.is(name)) {
            stock.put(type, name, raw.value());
            accepted.put(type, name, raw);
            subscriptions.arrived(type, name);
            return List.of();
        }
        List<ConfigProblem> errors = read(type, name, raw);
        if (isKept(type, name, errors)) {
            subscriptions.arrived(type, name);
        }
        return errors;
    }

    private List<ConfigProblem> read(ResourceType type, String name, AcceptedResources.Raw raw) {
        List<ConfigProblem> found = assembler.put(type, name, raw.value().toByteArray());
        problems.set(type, name, found, assembler.isInbound(type, name));
        List<ConfigProblem> errors = found.stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .toList();
        if (isKept(type, name, errors)) {
            accepted.put(type, name, raw);
        }
        return errors;
    }

    /** A policy that is not understood replaces the one before: a restart must not fall back to that one either. */
    private boolean isKept(ResourceType type, String name, List<ConfigProblem> errors) {
        return errors.isEmpty() || assembler.isInbound(type, name);
    }

    /** @param nothingElse the control plane mentioned no other resource of the type */
    void remove(ResourceType type, Set<String> names, boolean nothingElse) {
        boolean everything = nothingElse
                && type.fullState()
                && !accepted.names(type).isEmpty()
                && names.containsAll(accepted.names(type));
        Set<String> going = names;
        if (everything && keepLastGoodOnEmpty) {
            log.warn(
                    "the control plane took away every {} ({}); the last good ones stay in force, as was asked for, but for"
                            + " what lets requests in",
                    type,
                    names.size());
            going = names.stream()
                    .filter(name -> assembler.isInbound(type, name))
                    .collect(Collectors.toSet());
        }
        going.forEach(name -> remove(type, name));
    }

    private void remove(ResourceType type, String name) {
        accepted.remove(type, name);
        problems.clear(type, name);
        subscriptions.gone(type, name);
        if (StockNames.is(name)) {
            stock.remove(type, name);
        } else if (assembler.removeLater(type, name)) {
            control.after(LEAVING_FOR, () -> {
                assembler.letGo(type, name);
                onLeft.run();
            });
        }
    }

    /** What is wrong with the resources that are here, or were refused. */
    List<ConfigProblem> problems() {
        return problems.all();
    }
}
