package dev.weft.identity;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the current identity is found. Implementations are safe for use from any thread, and {@link #current()} never waits. */
public interface IdentitySource {

    /** What is in force now; null before the first identity has come. It may have expired: who uses it looks. */
    @Nullable
    Identity current();

    /**
     * Tells of each later change, in order, on the thread that makes it; so the listener must not wait.
     *
     * @return ends it
     */
    Runnable onChange(Consumer<Identity> listener);

    /**
     * For messages about a missing or expired identity, on one line: where it should come from and what is wrong there, as in {@code
     * CA ca.internal:15012: connection refused}. Empty if this source cannot tell.
     */
    default String trouble() {
        return "";
    }

    /** A source that holds what it is given. */
    static HeldIdentity of(Identity identity) {
        return new HeldIdentity(identity);
    }
}
