package dev.weft.engine;

import dev.weft.request.LocalReply;
import dev.weft.request.ResponseFlag;
import dev.weft.request.ResponseHead;
import dev.weft.resilience.retry.LocalFailure;
import dev.weft.resilience.retry.RetryConditions;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a call's attempts lead to: an answer for the caller, another attempt, or nothing as long as others go on. Of attempts
 * beside each other only the newest is a case for another one; the older ones have had theirs. Used by handlers only.
 */
final class AttemptEvents {
    private AttemptEvents() {}

    static void connected(Tries tries, OutboundAttempt of) {
        if (!of.connected) {
            of.connected = true;
            if (of == tries.current) {
                TryClock.start(tries);
            }
        }
    }

    static void headers(Tries tries, OutboundAttempt of, ResponseHead response) {
        if (of.dropped || of.closed || of.status != 0) {
            return;
        }
        of.answered(response);
        if (of.kind() == Attempt.Kind.MIRROR) {
            of.responseHead(response);
        } else if (!RetryConditions.met(tries.policy, response)) {
            deliver(tries, of, response);
        } else if (of.superseded() || !again(tries, of)) {
            // Somebody else may have a better answer.
            if (tries.hopeful()) {
                of.drop();
                tries.exchange.arm();
            } else {
                deliver(tries, of, response);
            }
        }
    }

    private static void deliver(Tries tries, OutboundAttempt of, ResponseHead response) {
        tries.settleOn(of);
        Endings.deliver(tries.exchange, of, response);
    }

    static void failed(Tries tries, OutboundAttempt of, Attempt.Failure failure, @Nullable Throwable cause) {
        if (of.dropped || of.closed || of.status != 0) {
            return;
        }
        Attempt.Failure meant = TryClock.ranOut(tries, of, failure) ? Attempt.Failure.TIMEOUT : failure;
        of.lost(meant, cause);
        if (of.kind() != Attempt.Kind.MIRROR) {
            lost(tries, of, meant);
        }
    }

    static void closed(Tries tries, OutboundAttempt of, Attempt.Closed summary) {
        if (of.closed) {
            return;
        }
        OutboundExchange exchange = tries.exchange;
        // An end without a word before it is a lost connection.
        boolean silent = !of.dropped && of.status == 0;
        if (silent) {
            of.lost(Attempt.Failure.RESET, null);
        }
        of.close(summary);
        if (of.kind() == Attempt.Kind.MIRROR) {
            exchange.arm();
        } else if (silent) {
            lost(tries, of, Attempt.Failure.RESET);
        } else if (of == tries.current && exchange.phase == OutboundExchange.Phase.DELIVERING) {
            if (!summary.complete() && !of.dropped) {
                exchange.book.flag(ResponseFlag.UC);
            }
            Endings.finish(exchange, of.status, summary);
            exchange.arm();
        }
    }

    /** No answer will come of this attempt. */
    static void lost(Tries tries, OutboundAttempt of, Attempt.Failure failure) {
        OutboundExchange exchange = tries.exchange;
        if (failure == Attempt.Failure.TIMEOUT && TryClock.endedByCall(tries, of)) {
            return;
        }
        LocalFailure kind = LocalReplies.localFailure(failure);
        boolean again = !of.superseded() && RetryConditions.met(tries.policy, kind) && again(tries, of);
        if (!again && tries.hopeful()) {
            exchange.arm();
        } else if (!again) {
            LocalReply told = LocalReplies.failure(tries, of, failure);
            if (kind == LocalFailure.CONNECT) {
                Endings.unreachable(exchange, told, tries.destination.hosts());
            } else {
                Endings.reply(exchange, told);
            }
        }
    }

    /** @return false when what became of this attempt has to be given to the caller */
    private static boolean again(Tries tries, OutboundAttempt of) {
        if (tries.policy.retries() == 0) {
            return false;
        }
        if (!tries.decide(of)) {
            flagWhyNot(tries, of);
            return false;
        }
        of.drop();
        tries.goOn();
        return true;
    }

    private static void flagWhyNot(Tries tries, OutboundAttempt of) {
        if (of.verdict == Retries.Verdict.USED_UP) {
            tries.exchange.book.flag(ResponseFlag.URX);
        } else if (of.verdict == Retries.Verdict.LIMIT) {
            tries.exchange.book.flag(ResponseFlag.UO);
        }
    }
}
