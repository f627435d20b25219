package dev.weft.identity;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source that holds what it is given. Safe for use from any thread. */
public final class HeldIdentity implements IdentitySource {
    private static final Logger log = LoggerFactory.getLogger(HeldIdentity.class);

    private final List<Consumer<Identity>> listeners = new CopyOnWriteArrayList<>();

    /** Written under the lock of {@link #set}, read by handshakes. */
    private volatile @Nullable Identity current;

    /** Without an identity so far: all handshakes are refused. */
    public HeldIdentity() {}

    HeldIdentity(Identity identity) {
        current = identity;
    }

    /**
     * Puts an identity in force for the handshakes that begin from now on.
     *
     * @throws IllegalArgumentException if its epoch is not greater than the current one's: an older identity never comes back
     */
    public synchronized void set(Identity identity) {
        Identity before = current;
        if (before != null && identity.epoch() <= before.epoch()) {
            throw new IllegalArgumentException(
                    "identity of epoch " + identity.epoch() + " cannot follow the one of epoch " + before.epoch());
        }
        current = identity;
        listeners.forEach(listener -> tell(listener, identity));
    }

    /** A listener's fault is neither the others' nor that of whoever renews. */
    private static void tell(Consumer<Identity> listener, Identity identity) {
        try {
            listener.accept(identity);
        } catch (RuntimeException e) {
            log.warn("a listener failed at a change of the identity", e);
        }
    }

    @Override
    public @Nullable Identity current() {
        return current;
    }

    @Override
    public Runnable onChange(Consumer<Identity> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
