package dev.weft.ca;

import dev.weft.credential.Credential;
import dev.weft.identity.Identity;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators that the identity is in danger: a WARN when renewals begin to fail or fail for another reason, an ERROR when the end
 * is near, an ERROR at the end; and that it is over. Thread-safe where the timer comes in, else its owner's.
 */
final class Alarm {
    private static final Logger log = LoggerFactory.getLogger(CertifiedIdentity.class);

    /** As much as an operator needs; of a short life, its last sixth. */
    private static final Duration NEAR = Duration.ofMinutes(10);

    private final Credential credential;
    private final World world;
    private Timer.@Nullable Handle ending;
    private AuthorityException.@Nullable Kind warnedOf;
    private boolean warnedOfEnd;

    Alarm(Credential credential, World world) {
        this.credential = credential;
        this.world = world;
    }

    /** Another certificate. */
    void renewed(Identity identity) {
        if (warnedOf != null) {
            log.info("{}: certified again", identity.svid());
        } else {
            log.debug("{}: certified", identity.svid());
        }
        warnedOf = null;
        warnedOfEnd = false;
        watch(identity);
    }

    /** Says so when this one ends; the next one comes before that, if all is well. */
    synchronized void watch(Identity identity) {
        close();
        long left = identity.svid().expiry().toEpochMilli() - world.ticker().epochMillis();
        ending = world.timer().schedule(Duration.ofMillis(Math.max(0, left)).toNanos(), () -> ended(identity));
    }

    private synchronized void ended(Identity identity) {
        if (identity.svid().expiry().toEpochMilli() > world.ticker().epochMillis()) {
            // The wall clock was set back meanwhile.
            watch(identity);
            return;
        }
        log.error(
                "{} has expired: connections to and from this process are refused until the authority certifies it again",
                identity.svid());
    }

    /**
     * An attempt failed.
     *
     * @param remedy beyond that the authority has to be reachable, or empty
     */
    void failed(@Nullable Identity identity, AuthorityException problem, String remedy, int failures) {
        String what = problem.getMessage() + (failures == 1 ? " (1 try)" : " (" + failures + " tries)");
        String todo = remedy.isEmpty() ? "see that a certificate authority listens there and is reachable" : remedy;
        if (identity == null) {
            if (isNews(problem)) {
                log.warn("no identity for {} by {}: {}; {}", credential.subject(), credential, what, todo);
            }
            return;
        }
        Instant end = identity.svid().expiry();
        long left = end.toEpochMilli() - world.ticker().epochMillis();
        if (left > 0 && left <= near(identity) && !warnedOfEnd) {
            warnedOfEnd = true;
            warnedOf = problem.kind();
            log.error(
                    "{} ends in {} s and is not renewed; connections will be refused then. {}; {}",
                    identity.svid().id(),
                    left / 1000,
                    what,
                    todo);
        } else if (isNews(problem)) {
            log.warn(
                    left > 0
                            ? "{} is not renewed; it stays in force until {}. {}; {}"
                            : "{} is not renewed and ended at {}: connections are refused. {}; {}",
                    identity.svid().id(),
                    end,
                    what,
                    todo);
        }
    }

    private boolean isNews(AuthorityException problem) {
        boolean news = problem.kind() != warnedOf;
        warnedOf = problem.kind();
        return news;
    }

    private static long near(Identity identity) {
        long life = identity.svid().leaf().getNotAfter().getTime()
                - identity.svid().leaf().getNotBefore().getTime();
        return Math.min(NEAR.toMillis(), life / 6);
    }

    synchronized void close() {
        if (ending != null) {
            ending.cancel();
            ending = null;
        }
    }
}
