package dev.weft.control.ads;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a client asked for, of one type, on one stream. Guarded by the stream. */
final class Subscription {
    private final Set<String> names = new LinkedHashSet<>();
    /** Names that are owed an answer whatever the client may hold: it has just asked for them. */
    private final Set<String> asked = new LinkedHashSet<>();
    /** Names to be sent once more because what stands on them was replaced. */
    private final Set<String> refresh = new LinkedHashSet<>();

    private boolean wildcard;
    /** Whether the client ever named something; from then on an empty list of names means nothing, not everything. */
    private boolean named;

    private boolean answerDue;

    boolean wildcard() {
        return wildcard;
    }

    void wildcard(boolean on) {
        wildcard = on;
    }

    /** Subscribed names, without what the wildcard brings. */
    Set<String> names() {
        return names;
    }

    boolean everNamed() {
        return named;
    }

    /** Subscribes, or subscribes again; either way the name is answered. */
    void ask(String name) {
        names.add(name);
        named = true;
        asked.add(name);
    }

    /** Subscribes to a name whose present version the client may already hold. */
    void resume(String name) {
        names.add(name);
        named = true;
    }

    void drop(String name) {
        names.remove(name);
        asked.remove(name);
        refresh.remove(name);
    }

    /** A name that is left to the wildcard; the protocol wants to see what the wildcard says about it. */
    void leaveToWildcard(String name) {
        names.remove(name);
        asked.add(name);
    }

    Set<String> asked() {
        return asked;
    }

    Set<String> refresh() {
        return refresh;
    }

    /** Has these sent again, as far as they are subscribed to. */
    void refresh(Collection<String> wanted) {
        for (String name : wanted) {
            if (names.contains(name)) {
                refresh.add(name);
            }
        }
    }

    /** Whether a response must go out even if there is nothing to say. */
    boolean owesAnswer() {
        return answerDue || !asked.isEmpty();
    }

    boolean answerDue() {
        return answerDue;
    }

    /** The first request of a type is always answered: the client takes an empty answer as "that is all". */
    void answerDue(boolean due) {
        answerDue = due;
    }
}
