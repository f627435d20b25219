package dev.weft.engine;

import dev.weft.request.ResponseFlag;
import java.util.Set;

/** One call of a user, from its first decision to the last byte. All methods may be called from any thread. */
public interface Exchange {

    /** Begins. Called once; commands follow, possibly before this returns. */
    void start();

    /** The time asked for by {@link Adapter#wakeAt} has come. Too early or too often is harmless. */
    void wake();

    /** The caller is gone (or his own limit passed): attempts are cancelled, nothing is delivered or replied any more. */
    void cancel();

    /**
     * The caller makes this call without the mesh after all: it ends like a cancelled one, but as if it had never begun: nothing
     * is flagged, and observers hear no more of it.
     */
    void withdraw();

    /** The request body can no longer be sent from its beginning: no further attempts. */
    void bodyNotReplayable();

    /** The request body has been handed over whole; the route timeout of a streaming request starts here at the latest. */
    void requestComplete();

    /** What was decided, and why; complete once the exchange is over, and meaningful before. */
    Explanation explain();

    /** The flags so far, as in the access log. */
    Set<ResponseFlag> flags();
}
