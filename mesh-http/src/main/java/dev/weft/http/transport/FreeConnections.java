package dev.weft.http.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** The connections to one host that may have room for a transfer. Taken and given back by any thread, without a lock. */
final class FreeConnections {
    private static final Http2Connection[] NONE = {};

    // HTTP/1.1 connections without a request, the warmest first.
    private final ConcurrentLinkedDeque<Http1Connection> idle = new ConcurrentLinkedDeque<>();

    // Written under the pool's lock, read by everybody. The array is replaced, never changed.
    private volatile Http2Connection[] shared = NONE;

    /** A connection on which a place has been taken, or null: there is none. */
    @Nullable
    Connection take() {
        for (Http2Connection connection : shared) {
            if (connection.tryReserve()) {
                return connection;
            }
        }
        while (true) {
            Http1Connection connection = idle.pollFirst();
            if (connection == null || connection.tryTake()) {
                return connection;
            }
        }
    }

    /** It has no request any more. */
    void give(Http1Connection connection) {
        idle.addFirst(connection);
    }

    void remove(Http1Connection connection) {
        idle.remove(connection);
    }

    /** Under the pool's lock. */
    void add(Http2Connection connection) {
        Http2Connection[] more = new Http2Connection[shared.length + 1];
        System.arraycopy(shared, 0, more, 0, shared.length);
        more[shared.length] = connection;
        shared = more;
    }

    /** Under the pool's lock. */
    void remove(Http2Connection connection) {
        List<Http2Connection> rest = new ArrayList<>(List.of(shared));
        rest.remove(connection);
        shared = rest.toArray(NONE);
    }

    /** They take nothing new, and end with what they have. */
    void retire() {
        for (Http1Connection spare = idle.pollFirst(); spare != null; spare = idle.pollFirst()) {
            spare.retire();
        }
        for (Http2Connection connection : shared) {
            connection.retire();
        }
    }
}
