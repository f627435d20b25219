package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.FaultInjection;
import dev.weft.config.Fraction;
import dev.weft.config.HeaderOps;
import dev.weft.config.RetryOn;
import dev.weft.config.Route;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.request.ResponseFlag;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Injected delays and aborts. */
final class FaultsTest {
    private static final FaultInjection.Delay SEVEN_SECONDS =
            new FaultInjection.Delay(Duration.ofSeconds(7), Fraction.ALL);

    @Test
    void aDelayHoldsTheRequestBack() {
        Calls calls = calls(SEVEN_SECONDS, null);
        FakeAdapter call = calls.get("http://reviews:9080/");
        calls.advance(6_999);
        assertThat(call.commands).isEmpty();
        calls.advance(1);
        assertThat(call.commands).containsExactly("send 1 to a:1");
        call.answer(200);

        assertThat(call.exchange().flags()).containsExactly(ResponseFlag.DI);
        assertThat(call.exchange().explain().toString()).contains("fault injected: delay 7 s (DI)");
    }

    @Test
    void theRoutesTimeoutBeginsAfterIt() {
        Calls calls = calls(SEVEN_SECONDS, null);
        FakeAdapter call = calls.get("http://reviews:9080/");
        calls.advance(7_999);
        assertThat(call.reply).isNull();
        calls.advance(1);
        assertThat(call.commands).endsWith("reply 504 UT,DI");
    }

    @Test
    void anAbortReachesNoServerAndIsNotRetried() {
        Calls calls = calls(null, new FaultInjection.Abort(500, null, Fraction.ALL));
        FakeAdapter call = calls.get("http://reviews:9080/");

        assertThat(call.commands).containsExactly("reply 500 FI");
        assertThat(call.reply.body()).isEqualTo("fault filter abort");
        assertThat(calls.observer.attempts).isEmpty();
        calls.assertBooksClosed();
    }

    @Test
    void firstTheDelayThenTheAbort() {
        Calls calls = calls(SEVEN_SECONDS, new FaultInjection.Abort(503, null, Fraction.ALL));
        FakeAdapter call = calls.get("http://reviews:9080/");
        calls.advance(7_000);

        assertThat(call.commands).containsExactly("reply 503 FI,DI");
    }

    @Test
    void eachHasDiceOfItsOwn() {
        Fraction half = new Fraction(50, 100);
        Calls calls =
                calls(new FaultInjection.Delay(Duration.ofSeconds(7), half), new FaultInjection.Abort(503, null, half));
        calls.world.dice(50, 49);

        assertThat(calls.get("http://reviews:9080/").commands).containsExactly("reply 503 FI");
        calls.world.dice(50, 50);
        assertThat(calls.get("http://reviews:9080/").commands).containsExactly("send 1 to a:1");
    }

    @Test
    void aGrpcAbortIsToldInItsWords() {
        Calls calls = calls(null, new FaultInjection.Abort(0, 14, Fraction.ALL));
        FakeAdapter call = calls.get("http://reviews:9080/", "content-type", "application/grpc");

        assertThat(call.reply.status()).isEqualTo(200);
        assertThat(call.reply.grpcStatus()).isEqualTo(14);
    }

    private static Calls calls(FaultInjection.@Nullable Delay delay, FaultInjection.@Nullable Abort abort) {
        return new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        new Route(
                                "slow",
                                RouteMatch.everything(),
                                Snapshots.forward(
                                        "reviews", Duration.ofSeconds(1), Calls.retry(2, RetryOn.SERVER_ERROR)),
                                HeaderOps.NONE,
                                HeaderOps.NONE,
                                new FaultInjection(delay, abort),
                                null,
                                null))
                .cluster(Snapshots.cluster("reviews"), "a:1")
                .snapshot());
    }
}
