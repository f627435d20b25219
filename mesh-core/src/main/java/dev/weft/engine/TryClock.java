package dev.weft.engine;

import static dev.weft.engine.Nanos.NEVER;

/** What the time does to the attempts of a call: when one's is over, when the next is due, and what follows. Used by handlers only. */
final class TryClock {
    /** Of time left, what is less is not said on the wire. */
    private static final long MILLI = 1_000_000;

    private TryClock() {}

    /** The time of one try begins when its connection stands and the request is whole, as in Envoy. */
    static void start(Tries tries) {
        OutboundExchange exchange = tries.exchange;
        OutboundAttempt of = tries.current;
        if (of != null && of.connected && !of.dropped && of.status == 0 && exchange.bodyComplete) {
            long timeout = Timeouts.ofTry(exchange);
            if (timeout != NEVER) {
                of.tryDeadline(Nanos.after(exchange.engine.now(), timeout));
                exchange.arm();
            }
        }
    }

    /** When to look again. */
    static long next(Tries tries) {
        long deadline = tries.exchange.deadline();
        long resumeAt = tries.resumeAt();
        if (resumeAt != NEVER) {
            return Nanos.earlier(resumeAt, deadline);
        }
        OutboundAttempt of = tries.current;
        if (of == null || (of.dropped && !tries.running())) {
            return NEVER;
        }
        return of.running() ? Nanos.earlier(of.tryDeadline(), deadline) : deadline;
    }

    /** @param late the call's deadline has passed */
    static void look(Tries tries, long now, boolean late) {
        OutboundAttempt of = tries.current;
        if (late) {
            endCall(tries, now);
        } else if (tries.resumeAt() != NEVER) {
            if (Nanos.reached(tries.resumeAt(), now)) {
                tries.goOn();
            }
        } else if (of != null && of.running() && Nanos.reached(of.tryDeadline(), now)) {
            if (tries.hedges()) {
                of.late();
                tries.decide(of);
                tries.goOn();
            } else {
                of.drop();
                of.lost(Attempt.Failure.TIMEOUT, null);
                AttemptEvents.lost(tries, of, Attempt.Failure.TIMEOUT);
            }
        }
    }

    /**
     * Whether a server that was told how long it may take ({@link AttemptHeaders}) resets the stream because that is over, which it may notice
     * before the timer here: a part of a millisecond was rounded away on the wire.
     */
    static boolean ranOut(Tries tries, OutboundAttempt of, Attempt.Failure failure) {
        if (failure != Attempt.Failure.RESET && failure != Attempt.Failure.RESET_BEFORE_REQUEST) {
            return false;
        }
        long ends = Nanos.earlier(tries.exchange.deadline(), of.tryDeadline());
        return ends != NEVER && Nanos.reached(ends, tries.exchange.engine.now() + MILLI);
    }

    /** Ends the call with an attempt that ran out of time, unless only the time of that attempt was meant. */
    static boolean endedByCall(Tries tries, OutboundAttempt of) {
        long now = tries.exchange.engine.now();
        boolean ofTry = of.tryDeadline() != NEVER && !Nanos.reached(tries.exchange.deadline(), now);
        if (!ofTry) {
            endCall(tries, now);
        }
        return !ofTry;
    }

    private static void endCall(Tries tries, long now) {
        giveUp(tries, tries.exchange.callersTimeIsOver(now));
        Endings.reply(tries.exchange, LocalReplies.timeout(tries.exchange, now));
    }

    private static void giveUp(Tries tries, boolean callersTimeIsOver) {
        for (OutboundAttempt of = tries.current; of != null && of != tries.earlier; of = of.previous) {
            if (of.running()) {
                // A caller in a hurry says nothing about the host; neither does a host that was late already hear of it
                // twice.
                boolean told = callersTimeIsOver || of.verdict != null;
                of.drop();
                if (told) {
                    of.abandoned(Attempt.Failure.TIMEOUT);
                } else {
                    of.lost(Attempt.Failure.TIMEOUT, null);
                }
            }
        }
    }
}
