package dev.weft.control.ads;

import dev.weft.control.access.Caller;
import dev.weft.control.access.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What the client of a stream proved when it opened it.
 *
 * @param caller who it is
 * @param source its address, for the audit log
 */
record Proof(Caller caller, String source) {

    /** Of the call that is being opened on this thread; null if it came over a port that asks for no credential. */
    static @Nullable Proof ofCurrentCall() {
        Caller caller = Caller.current();
        Connection connection = Connection.current();
        return caller == null || connection == null ? null : new Proof(caller, connection.address());
    }
}
