package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.FaultInjection;
import dev.weft.config.Fraction;
import dev.weft.config.HeaderOps;
import dev.weft.config.RetryOn;
import dev.weft.config.Route;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.request.Headers;
import dev.weft.request.ResponseFlag;
import dev.weft.request.ResponseHead;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The caller leaves, at every moment. */
final class CancellationTest {
    private final Calls calls = Calls.to(null, Calls.retry(3, RetryOn.SERVER_ERROR), "a:1");

    @Test
    void beforeTheStartNothingIsEverSent() {
        FakeAdapter call = calls.get("http://reviews:9080/", ExchangeOptions.NONE);
        call.exchange().cancel();
        call.exchange().start();

        assertThat(call.commands).isEmpty();
        assertLeftOnce();
    }

    @Test
    void theAttemptInFlightIsStopped() {
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.exchange().cancel();
        call.last().headers(new ResponseHead(200, Headers.EMPTY), false);

        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1");
        assertLeftOnce();
    }

    @Test
    void aCallThatIsWithdrawnIsReportedToNobody() {
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.exchange().withdraw();

        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1");
        assertThat(calls.observer.calls).isEmpty();
        assertThat(calls.observer.attempts).isEmpty();
        calls.assertBooksClosed();
    }

    @Test
    void noRetryFollows() {
        FakeAdapter call = calls.get("http://reviews:9080/", "x-request-id", "x");
        calls.world.dice(20_000_000);
        call.answer(503);
        call.exchange().cancel();
        calls.advance(100);

        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1");
        assertLeftOnce();
    }

    @Test
    void aDelayIsNotWaitedOut() {
        FaultInjection fault = new FaultInjection(new FaultInjection.Delay(Duration.ofSeconds(7), Fraction.ALL), null);
        Calls slow = new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        new Route(
                                "",
                                RouteMatch.everything(),
                                Snapshots.forward("reviews"),
                                HeaderOps.NONE,
                                HeaderOps.NONE,
                                fault,
                                null,
                                null))
                .cluster(Snapshots.cluster("reviews"), "a:1")
                .snapshot());
        FakeAdapter call = slow.get("http://reviews:9080/");
        call.exchange().cancel();
        slow.advance(7_000);

        assertThat(call.commands).isEmpty();
        assertThat(slow.observer.calls.get(0).flags()).containsExactlyInAnyOrder(ResponseFlag.DC, ResponseFlag.DI);
    }

    @Test
    void aDeliveredBodyIsCut() {
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.last().headers(new ResponseHead(200, Headers.EMPTY), false);
        call.exchange().cancel();

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 200", "cancel 1");
        assertThat(calls.observer.calls.get(0).status()).isEqualTo(200);
        assertThat(calls.observer.calls.get(0).flags()).containsExactly(ResponseFlag.DC);
        calls.assertBooksClosed();
    }

    @Test
    void afterTheEndItChangesNothing() {
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.answer(200);
        call.exchange().cancel();

        assertThat(call.exchange().flags()).isEmpty();
        assertThat(calls.observer.calls).hasSize(1);
    }

    @Test
    void theHostIsNotAccused() {
        Calls watched = OutliersTest.watched(1);
        FakeAdapter call = watched.get("http://reviews:9080/");
        call.exchange().cancel();
        watched.advance(0);

        assertThat(watched.live("reviews").upstream.ejected()).isZero();
    }

    private void assertLeftOnce() {
        assertThat(calls.observer.calls).hasSize(1);
        assertThat(calls.observer.calls.get(0).status()).isZero();
        assertThat(calls.observer.calls.get(0).flags()).containsExactly(ResponseFlag.DC);
        calls.assertBooksClosed();
    }
}
