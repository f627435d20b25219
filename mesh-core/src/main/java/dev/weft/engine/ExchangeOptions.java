package dev.weft.engine;

import dev.weft.request.Deadline;
import dev.weft.request.Hints;

/**
 * What an adapter knows about a call besides its head.
 *
 * @param hints of the caller
 * @param inherited deadline of the inbound request that is being served, or {@link Deadline#NONE}
 * @param replayable what has been sent of the request body (or its absence) can be sent from its beginning again, until {@link
 *     Exchange#bodyNotReplayable} says otherwise. False: there is one attempt
 * @param whole the request body is there from the start. False: it streams, and the route timeout starts with {@link
 *     Exchange#requestComplete}
 * @param waitForReady the caller would rather wait, as long as its own deadline allows, than be told that no host can be reached
 * @param defaults what the client declares where the policy is silent
 */
public record ExchangeOptions(
        Hints hints,
        Deadline inherited,
        boolean replayable,
        boolean whole,
        boolean waitForReady,
        CallDefaults defaults) {
    /** No hints, no inherited deadline, a body that can be sent again. */
    public static final ExchangeOptions NONE = new ExchangeOptions(Hints.NONE, Deadline.NONE, true);

    /** Of a client that declares nothing. */
    public ExchangeOptions(Hints hints, Deadline inherited, boolean replayable) {
        this(hints, inherited, replayable, CallDefaults.NONE);
    }

    /** Of a body that is either there from the start or can be sent only once. */
    public ExchangeOptions(Hints hints, Deadline inherited, boolean replayable, CallDefaults defaults) {
        this(hints, inherited, replayable, replayable, false, defaults);
    }
}
