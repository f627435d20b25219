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
 * @param silence until the head of the answer has come, from when an attempt's request has been sent whole, by the client's own
 *     configuration (a read or response timeout); null: none. It bounds no body and does not travel, because an answer may take
 *     longer than that as a whole
 */
public record Terms(
        Hints hints,
        CallDefaults defaults,
        boolean expectContinue,
        @Nullable Duration ownLimit,
        @Nullable Duration silence) {

    /** Nothing besides hints. */
    public static Terms of(Hints hints) {
        return new Terms(hints, CallDefaults.NONE, false, null, null);
    }

    public Terms defaults(CallDefaults declared) {
        return new Terms(hints, declared, expectContinue, ownLimit, silence);
    }

    public Terms expectContinue(boolean yes) {
        return new Terms(hints, defaults, yes, ownLimit, silence);
    }

    /** @param limit of the client; null, zero or negative: none */
    public Terms ownLimit(@Nullable Duration limit) {
        return new Terms(hints, defaults, expectContinue, aboveZero(limit), silence);
    }

    /** @param limit of the client; null, zero or negative: none */
    public Terms silence(@Nullable Duration limit) {
        return new Terms(hints, defaults, expectContinue, ownLimit, aboveZero(limit));
    }

    private static @Nullable Duration aboveZero(@Nullable Duration limit) {
        return limit == null || limit.isZero() || limit.isNegative() ? null : limit;
    }

    /** The hints, bounded by the client's own limit, so that nobody works for a caller who has gone. */
    Hints bounded() {
        return ownLimit == null ? hints : hints.atMost(ownLimit);
    }
}
