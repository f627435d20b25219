package dev.weft.http.call;

import dev.weft.engine.CallDefaults;
import dev.weft.request.Hints;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about one call besides its head and body.
 *
 * @param hints of the caller
 * @param defaults what the client declares where the policy is silent
 * @param expectContinue the caller wants to hear from the server before the body is sent
 * @param ownLimit until the head of the answer has come, by the client's own configuration; null: none. It travels with the
 *     call like a hint, and when it is what ended the call the client throws what it always throws
 */
public record Terms(
        Hints hints,
        CallDefaults defaults,
        boolean expectContinue,
        @Nullable Duration ownLimit) {

    /** Nothing besides hints. */
    public static Terms of(Hints hints) {
        return new Terms(hints, CallDefaults.NONE, false, null);
    }

    public Terms defaults(CallDefaults declared) {
        return new Terms(hints, declared, expectContinue, ownLimit);
    }

    public Terms expectContinue(boolean yes) {
        return new Terms(hints, defaults, yes, ownLimit);
    }

    /** @param limit of the client; null, zero or negative: none */
    public Terms ownLimit(@Nullable Duration limit) {
        return new Terms(
                hints, defaults, expectContinue, limit == null || limit.isZero() || limit.isNegative() ? null : limit);
    }

    /** The hints, bounded by the client's own limit, so that nobody works for a caller who has gone. */
    Hints bounded() {
        return ownLimit == null ? hints : hints.atMost(ownLimit);
    }
}
