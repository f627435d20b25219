package dev.weft.engine;

import dev.weft.request.LocalReply;

/**
 * What the engine asks of whoever carries the bytes. Commands of one exchange come one at a time, possibly from within an
 * event that the adapter itself reported, and must not block. Exactly one of {@link #reply} and {@link #deliver} ends the
 * decision of an exchange that was not cancelled.
 */
public interface Adapter {

    /** Sends the request to {@code attempt.host()}. A mirror is sent like any other; its answer is drained and dropped. */
    void send(Attempt attempt);

    /**
     * Stops an attempt: loser of a hedge, per-try timeout, deadline, caller gone. The adapter frees its connection and reports
     * {@link Attempt#closed} (as always exactly once). It may be unknown or over already.
     */
    void cancel(Attempt attempt);

    /**
     * Asks for {@link Exchange#wake} at that time. Replaces the earlier wish.
     *
     * @param nanos on the ticker's clock; {@link Long#MAX_VALUE} = no wish
     */
    void wakeAt(long nanos);

    /** Answers the caller with the mesh's own reply. Terminal. */
    void reply(LocalReply reply);

    /**
     * Gives this attempt's response to the caller: {@link Attempt#responseHead}, then its body as it comes. Terminal for
     * decisions; the request body need not be kept for a replay any more.
     */
    void deliver(Attempt attempt);
}
