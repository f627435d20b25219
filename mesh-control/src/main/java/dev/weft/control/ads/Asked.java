package dev.weft.control.ads;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a request changes a subscription. */
sealed interface Asked {
    /** The name that stands for everything. */
    String WILDCARD = "*";

    /** Whether it changes anything, once the type has been asked for before. */
    boolean isEmpty();

    /** Names in this request, to answer for a type that is not served. */
    List<String> names();

    /**
     * Changes the subscription.
     *
     * @param first whether this is the stream's first request for the type
     */
    void applyTo(TypeState state, boolean first);

    /** Delta: what is asked for more and less, and at the beginning of a stream what the client still holds. */
    record Delta(List<String> subscribe, List<String> unsubscribe, Map<String, String> held) implements Asked {
        @Override
        public boolean isEmpty() {
            return subscribe.isEmpty() && unsubscribe.isEmpty();
        }

        @Override
        public List<String> names() {
            return subscribe;
        }

        @Override
        public void applyTo(TypeState state, boolean first) {
            Subscription subscription = state.subscription();
            unsubscribe.forEach(name -> unsubscribe(state, name));
            for (String name : subscribe) {
                if (name.equals(WILDCARD)) {
                    wildcard(state);
                } else if (first && held.containsKey(name)) {
                    subscription.resume(name);
                } else {
                    subscription.ask(name);
                }
            }
            if (first) {
                if (subscribe.isEmpty() && state.type().wildcardWhenEmpty()) {
                    wildcard(state);
                }
                state.resume(held);
                subscription.answerDue(true);
            }
        }

        private static void wildcard(TypeState state) {
            state.beginWildcard();
            state.subscription().answerDue(true);
        }

        private static void unsubscribe(TypeState state, String name) {
            if (name.equals(WILDCARD)) {
                state.endWildcard();
            } else {
                state.unsubscribe(name);
                if (state.subscription().wildcard()) {
                    state.subscription().leaveToWildcard(name);
                }
            }
        }
    }

    /** State of the world: all names that are now wanted. */
    record Sotw(List<String> names) implements Asked {
        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public void applyTo(TypeState state, boolean first) {
            Subscription subscription = state.subscription();
            Set<String> wanted = new HashSet<>(names);
            boolean star = wanted.remove(WILDCARD);
            boolean implied = wanted.isEmpty()
                    && !subscription.everNamed()
                    && state.type().wildcardWhenEmpty();
            if (star || implied) {
                state.beginWildcard();
            } else {
                state.endWildcard();
            }
            for (String name : List.copyOf(subscription.names())) {
                if (!wanted.contains(name)) {
                    state.unsubscribe(name);
                }
            }
            for (String name : names) {
                if (!name.equals(WILDCARD) && !subscription.names().contains(name)) {
                    subscription.ask(name);
                }
            }
            if (first) {
                subscription.answerDue(true);
            }
        }
    }
}
