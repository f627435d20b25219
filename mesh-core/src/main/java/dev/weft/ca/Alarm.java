package dev.weft.ca;

import dev.weft.credential.Credential;
import dev.weft.identity.Identity;
import dev.weft.runtime.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators, once, that certificates begin to fail to come, or fail for another reason; and that it is over. That an end is near
 * is {@link dev.weft.identity.ExpiryAlarm}'s to say. Not thread-safe.
 */
final class Alarm {
    private static final Logger log = LoggerFactory.getLogger(CertifiedIdentity.class);

    private final Credential credential;
    private final Ticker ticker;
    private AuthorityException.@Nullable Kind warnedOf;

    Alarm(Credential credential, Ticker ticker) {
        this.credential = credential;
        this.ticker = ticker;
    }

    /** Another certificate. */
    void certified(Identity identity) {
        if (warnedOf != null) {
            log.info("{}: certified again", identity.svid());
        } else {
            log.debug("{}: certified", identity.svid());
        }
        warnedOf = null;
    }

    /**
     * An attempt failed.
     *
     * @param remedy beyond that the authority has to be reachable, or empty
     */
    void failed(@Nullable Identity identity, AuthorityException problem, String remedy) {
        if (problem.kind() == warnedOf) {
            return;
        }
        warnedOf = problem.kind();
        String todo = remedy.isEmpty() ? "see that a certificate authority listens there and is reachable" : remedy;
        if (identity == null) {
            log.warn("no identity for {} by {}: {}; {}", credential.subject(), credential, problem.getMessage(), todo);
        } else {
            boolean over = identity.svid().expiry().toEpochMilli() <= ticker.epochMillis();
            log.warn(
                    "{} is not renewed and {} {}: {}; {}",
                    identity.svid().id(),
                    over ? "ended at" : "stays in force until",
                    identity.svid().expiry(),
                    problem.getMessage(),
                    todo);
        }
    }
}
