package dev.weft.xds;

import dev.weft.runtime.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What is asked for, and what became of it. A name that is not answered within a while is taken not to exist, so that
 * nothing waits for it for ever; should it come later, it is welcome. Control thread only.
 */
final class Subscriptions implements Expectations {
    /** Envoy's and gRPC's time until a resource that was asked for counts as not found. */
    static final Duration NOT_FOUND_AFTER = Duration.ofSeconds(15);

    private final ControlThread control;
    private final Runnable onGivenUp;
    private final Map<ResourceType, State> states = new EnumMap<>(ResourceType.class);
    private boolean connected;

    /** What is known of one type. */
    private static final class State {
        final Set<String> expected = new HashSet<>();
        final Set<String> absent = new HashSet<>();
        final Map<String, Timer.Handle> timers = new HashMap<>();
        boolean answered;
    }

    /** @param onGivenUp run when a name is taken not to exist because time is up */
    Subscriptions(ControlThread control, Runnable onGivenUp) {
        this.control = control;
        this.onGivenUp = onGivenUp;
        for (ResourceType type : ResourceType.values()) {
            states.put(type, new State());
        }
    }

    /** A stream is open: the clocks of what is missing start. */
    void connected() {
        connected = true;
        states.forEach((type, state) -> {
            state.answered = false;
            for (String name : state.expected) {
                if (!state.absent.contains(name)) {
                    startTimer(type, state, name);
                }
            }
        });
    }

    /** Nobody can answer any more: the clocks stop, and what is expected stays expected. */
    void disconnected() {
        connected = false;
        states.values().forEach(state -> {
            state.timers.values().forEach(Timer.Handle::cancel);
            state.timers.clear();
        });
    }

    /**
     * Says which names of a type are asked for.
     *
     * @param here whether a name is here already
     */
    void expect(ResourceType type, Set<String> names, Predicate<String> here) {
        control.check();
        State state = state(type);
        for (String gone : new TreeSet<>(state.expected)) {
            if (!names.contains(gone)) {
                state.expected.remove(gone);
                state.absent.remove(gone);
                stopTimer(state, gone);
            }
        }
        for (String name : names) {
            if (state.expected.add(name) && !here.test(name)) {
                startTimer(type, state, name);
            } else if (here.test(name)) {
                stopTimer(state, name);
            }
        }
    }

    private void startTimer(ResourceType type, State state, String name) {
        if (connected && !state.timers.containsKey(name)) {
            state.timers.put(name, control.after(NOT_FOUND_AFTER, () -> giveUp(type, name)));
        }
    }

    private static void stopTimer(State state, String name) {
        Timer.Handle timer = state.timers.remove(name);
        if (timer != null) {
            timer.cancel();
        }
    }

    private void giveUp(ResourceType type, String name) {
        State state = state(type);
        if (state.timers.remove(name) != null && state.expected.contains(name)) {
            state.absent.add(name);
            onGivenUp.run();
        }
    }

    /** A resource came. */
    void arrived(ResourceType type, String name) {
        State state = state(type);
        state.absent.remove(name);
        stopTimer(state, name);
    }

    /** A resource was said not to exist. */
    void gone(ResourceType type, String name) {
        State state = state(type);
        stopTimer(state, name);
        if (state.expected.contains(name)) {
            state.absent.add(name);
        }
    }

    /** A response of this type came on this stream. */
    void answered(ResourceType type) {
        state(type).answered = true;
    }

    boolean isAnswered(ResourceType type) {
        return state(type).answered;
    }

    @Override
    public boolean pending(ResourceType type, String name) {
        State state = state(type);
        return state.expected.contains(name) && !state.absent.contains(name);
    }

    @Override
    public boolean absent(ResourceType type, String name) {
        return state(type).absent.contains(name);
    }

    private State state(ResourceType type) {
        State state = states.get(type);
        if (state == null) {
            throw new IllegalStateException(type.name());
        }
        return state;
    }
}
