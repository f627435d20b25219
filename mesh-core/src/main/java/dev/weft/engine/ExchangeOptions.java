package dev.weft.engine;

import dev.weft.request.Deadline;
import dev.weft.request.Hints;

/**
 * What an adapter knows about a call besides its head.
 *
 * @param hints of the caller
 * @param inherited deadline of the inbound request that is being served, or {@link Deadline#NONE}
 * @param replayable the request body (or its absence) can be sent from its beginning again; it is then taken as whole from the
 *     start. False: a body that streams; there is one attempt, and the route timeout starts with {@link
 *     Exchange#requestComplete}
 * @param defaults what the client declares where the policy is silent
 */
public record ExchangeOptions(Hints hints, Deadline inherited, boolean replayable, CallDefaults defaults) {
    /** No hints, no inherited deadline, a body that can be sent again. */
    public static final ExchangeOptions NONE = new ExchangeOptions(Hints.NONE, Deadline.NONE, true);

    /** Of a client that declares nothing. */
    public ExchangeOptions(Hints hints, Deadline inherited, boolean replayable) {
        this(hints, inherited, replayable, CallDefaults.NONE);
    }
}
