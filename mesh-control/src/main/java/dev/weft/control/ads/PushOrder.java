package dev.weft.control.ads;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a stream is sent next, so that nothing is referred to before it is there and nothing is taken away while it
 * is referred to: clusters, endpoints, listeners, routes, and the removal of endpoints and clusters when the client has
 * answered the routes. Guarded by the stream.
 *
 * <p>A client of the sidecar shape knows a new cluster only when its endpoints have come ("warming"). Until then routes and
 * listeners are held back, for a bounded time: a client that never asks for the endpoints must not be cut off.
 */
final class PushOrder {
    private static final List<ResourceType> REMOVED_LAST = List.of(ResourceType.ENDPOINT, ResourceType.CLUSTER);

    private final Dialect dialect;
    private final Map<ResourceType, TypeState> types;
    private final long patience;

    /** Endpoint names of clusters that the client has been sent, and whose endpoints it has not accepted yet. */
    private final Set<String> warming = new HashSet<>();

    private long warmingUntil;

    /** @param types the stream's own map, in order of {@link ResourceType} */
    PushOrder(Dialect dialect, Map<ResourceType, TypeState> types, long patienceNanos) {
        this.dialect = dialect;
        this.types = types;
        this.patience = patienceNanos;
    }

    /** What goes next. */
    record Next(TypeState state, Changes changes) {}

    /** The next response, or null if there is nothing to send now. */
    @Nullable
    Next next(PushedView view, long now) {
        for (TypeState state : types.values()) {
            if (!state.responses().full() && state.anythingNew(view)) {
                boolean due = state.subscription().owesAnswer();
                Changes changes = compare(state, view, now);
                if (due || sendable(state.type(), changes)) {
                    note(state.type(), changes, view, now);
                    return new Next(state, changes);
                }
            }
        }
        return nextRemoval(view);
    }

    private Changes compare(TypeState state, PushedView view, long now) {
        if (!held(state.type(), now) || state.subscription().answerDue()) {
            return state.additions(view);
        }
        return state.subscription().asked().isEmpty() ? Changes.NONE : state.answers(view);
    }

    private boolean held(ResourceType type, long now) {
        return (type == ResourceType.LISTENER || type == ResourceType.ROUTE) && stillWarming(now);
    }

    /** Whether routes are being held back. */
    boolean stillWarming(long now) {
        if (!warming.isEmpty() && now - warmingUntil >= 0) {
            warming.clear();
        }
        return !warming.isEmpty();
    }

    /** For how many nanoseconds routes are held back at most, from now. */
    long patienceLeft(long now) {
        return warmingUntil - now;
    }

    private @Nullable Next nextRemoval(PushedView view) {
        if (!answered(ResourceType.LISTENER, view) || !answered(ResourceType.ROUTE, view)) {
            return null;
        }
        for (ResourceType type : REMOVED_LAST) {
            TypeState state = types.get(type);
            if (state != null && state.hasRemovals() && !state.responses().full()) {
                Changes changes = state.removals();
                if (sendable(type, changes)) {
                    return new Next(state, changes);
                }
            }
        }
        return null;
    }

    private boolean answered(ResourceType type, PushedView view) {
        TypeState state = types.get(type);
        return state == null || (state.responses().settled() && !state.anythingNew(view));
    }

    /** State of the world cannot say that an endpoint or a route is gone; what no longer is asked for is forgotten anyway. */
    private boolean sendable(ResourceType type, Changes changes) {
        return !changes.upserts().isEmpty()
                || (!changes.removed().isEmpty() && (dialect == Dialect.DELTA || type.fullState()));
    }

    private void note(ResourceType type, Changes changes, PushedView view, long now) {
        if (type != ResourceType.CLUSTER || changes.upserts().isEmpty()) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (Resource cluster : changes.upserts()) {
            String name = view.endpointName(cluster);
            if (name != null) {
                names.add(name);
            }
        }
        // A replaced cluster starts without endpoints, and a client that is subscribed already does not ask again.
        TypeState endpoints = types.get(ResourceType.ENDPOINT);
        if (endpoints != null) {
            endpoints.subscription().refresh(names);
        }
        TypeState clusters = types.get(ResourceType.CLUSTER);
        if (clusters != null && clusters.subscription().wildcard() && !names.isEmpty()) {
            warming.addAll(names);
            warmingUntil = now + patience;
        }
    }

    /** The client has answered a response. */
    void answered(ResourceType type, Responses.Sent sent, boolean accepted) {
        if (type == ResourceType.ENDPOINT) {
            sent.upserts().forEach(endpoints -> warming.remove(endpoints.name()));
            sent.changes().removed().forEach(warming::remove);
        } else if (type == ResourceType.CLUSTER && !accepted) {
            // Which of them it took is not certain, and it may ask for endpoints of none.
            warming.clear();
        }
    }

    /** Whether everything has been sent and answered. */
    boolean settled(PushedView view, Collection<TypeState> states) {
        return states.stream()
                .allMatch(state -> state.responses().settled() && !state.anythingNew(view) && !state.hasRemovals());
    }
}
