package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.request.Deadline;
import dev.weft.request.Hints;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The caller's limits, and what of them travels on. */
final class DeadlinesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theCallersHintShortensTheRoutesTime() {
        Calls calls = Calls.to(SECOND, RetryPolicy.NONE, "a:1");
        FakeAdapter call = Calls.begin(calls.get("http://reviews:9080/", hint(Duration.ofMillis(300))));
        calls.advance(300);

        assertThat(call.commands).endsWith("reply 504 UT");
        assertThat(call.reply.reason()).contains("the caller's deadline passed");
    }

    @Test
    void itNeverLengthensIt() {
        Calls calls = Calls.to(SECOND, RetryPolicy.NONE, "a:1");
        FakeAdapter call = Calls.begin(calls.get("http://reviews:9080/", hint(Duration.ofSeconds(30))));
        calls.advance(1_000);

        assertThat(call.commands).endsWith("reply 504 UT");
    }

    @Test
    void anInheritedDeadlineHoldsToo() {
        Calls calls = Calls.to(null, RetryPolicy.NONE, "a:1");
        calls.advance(50);
        FakeAdapter call = Calls.begin(
                calls.get("http://reviews:9080/", new ExchangeOptions(Hints.NONE, new Deadline(80_000_000), true)));
        assertThat(call.last().head().headers().first("x-mesh-timeout-ms")).isEqualTo("30");
        calls.advance(30);

        assertThat(call.commands).endsWith("reply 504 UT");
    }

    @Test
    void aCallThatIsLateAlreadyIsNotMade() {
        Calls calls = Calls.to(null, RetryPolicy.NONE, "a:1");
        calls.advance(50);
        FakeAdapter call = Calls.begin(
                calls.get("http://reviews:9080/", new ExchangeOptions(Hints.NONE, new Deadline(50_000_000), true)));

        assertThat(call.commands).containsExactly("reply 504 UT");
    }

    @Test
    void eachAttemptSaysHowMuchIsLeft() {
        Calls calls = Calls.to(SECOND, Calls.retry(1, RetryOn.SERVER_ERROR), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        assertThat(call.last().head().headers().first("x-mesh-timeout-ms")).isEqualTo("1000");
        calls.advance(400);
        call.answer(503);

        assertThat(call.last().head().headers().first("x-mesh-timeout-ms")).isEqualTo("600");
        assertThat(call.last().head().headers().first("x-envoy-expected-rq-timeout-ms"))
                .isEqualTo("600");
    }

    @Test
    void theTimeOfATryIsWhatItHas() {
        Calls calls = Calls.to(SECOND, Calls.within(Duration.ofMillis(200), RetryPolicy.NONE), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");

        assertThat(call.last().head().headers().first("x-mesh-timeout-ms")).isEqualTo("200");
    }

    @Test
    void lessThanAMillisecondIsOne() {
        Calls calls = Calls.to(null, RetryPolicy.NONE, "a:1");
        FakeAdapter call = Calls.begin(calls.get("http://reviews:9080/", hint(Duration.ofNanos(700))));

        assertThat(call.last().head().headers().first("x-mesh-timeout-ms")).isEqualTo("1");
    }

    @Test
    void withoutAnyNothingIsSaid() {
        FakeAdapter call = Calls.to(null, RetryPolicy.NONE, "a:1").get("http://reviews:9080/");

        assertThat(call.last().head().headers().first("x-mesh-timeout-ms")).isNull();
        assertThat(call.last().head().headers().first("x-envoy-expected-rq-timeout-ms"))
                .isNull();
    }

    @Test
    void grpcCallersGetItInTheirHeader() {
        Calls calls = Calls.to(SECOND, RetryPolicy.NONE, "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/", "content-type", "application/grpc");

        assertThat(call.last().head().headers().first("grpc-timeout")).isEqualTo("1000m");
    }

    private static ExchangeOptions hint(Duration within) {
        return new ExchangeOptions(Hints.within(within), Deadline.NONE, true);
    }
}
