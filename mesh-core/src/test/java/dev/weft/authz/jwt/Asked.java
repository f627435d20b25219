package dev.weft.authz.jwt;

import dev.weft.authz.Arrival;
import dev.weft.config.JwtStage;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.runtime.Ticker;
import dev.weft.runtime.World;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been judged.
 *
 * @param reply null: it passed
 */
record Asked(Arrival arrival, @Nullable LocalReply reply) {
    /** 2023, so that tokens can lie before and after. */
    static final Ticker TICKER = new Ticker() {
        @Override
        public long nanoTime() {
            return World.system().ticker().nanoTime();
        }

        @Override
        public long epochMillis() {
            return 1_700_000_000_000L;
        }
    };

    static final KeySources NOWHERE = where -> {
        throw new AssertionError("no keys were expected to be fetched from " + where);
    };

    static Arrival arrival(String path, String... headers) {
        return new Arrival(
                new RequestHead("GET", "http", "reviews", path, Headers.of(headers)),
                PeerIdentity.ANONYMOUS,
                new Arrival.Connection(null, null, 9080, false, ""),
                null);
    }

    static Asked of(JwtStage stage, String path, String... headers) {
        return of(JwtFilter.of(stage, NOWHERE, TICKER), path, headers);
    }

    static Asked of(JwtFilter filter, String path, String... headers) {
        Arrival arrival = arrival(path, headers);
        return new Asked(
                arrival,
                filter.judge(arrival)
                        .toCompletableFuture()
                        .getNow(LocalReply.of(0, dev.weft.request.ResponseFlag.UT, "not answered at once", "")));
    }

    /** {@code 401 Jwt is expired}, or {@code passed}. */
    String verdict() {
        return reply == null ? "passed" : reply.status() + " " + reply.body();
    }

    @Nullable
    String header(String name) {
        return arrival.head().headers().first(name);
    }

    Map<?, ?> claims() {
        Object payload = arrival.metadata(Judgement.FILTER).get("payload");
        return payload instanceof Map<?, ?> map ? map : Map.of();
    }
}
