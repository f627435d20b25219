package dev.weft.control.registry;

/**
 * A place in the registry.
 *
 * @param registration what the instance said last
 * @param connection over which it said so; numbers grow, 0 stands for what was read from disk
 * @param connected whether that connection still stands
 * @param expiresAt ticker nanoseconds at which the place is due to be given up; counts only when not connected
 * @param held whether it was due but is kept, because too many others of its service were due as well
 */
record Entry(Registration registration, long connection, boolean connected, long expiresAt, boolean held) {

    static Entry connected(Registration registration, long connection) {
        return new Entry(registration, connection, true, 0, false);
    }

    Entry lost(long expiresAt) {
        return new Entry(registration, connection, false, expiresAt, false);
    }

    Entry hold() {
        return new Entry(registration, connection, false, expiresAt, true);
    }

    boolean due(long now) {
        return !connected && expiresAt - now <= 0;
    }

    /** Whether this was said after what is known, or is the same speaker again; or is proved, where what is known is not. */
    boolean yieldsTo(Registration said, long speaker) {
        if (said.proven() && !registration.proven()) {
            return true;
        }
        long known = registration.epoch();
        return said.epoch() > known || (said.epoch() == known && speaker >= connection);
    }
}
