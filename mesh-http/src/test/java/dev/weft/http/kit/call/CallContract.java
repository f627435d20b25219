package dev.weft.http.kit.call;

import static dev.weft.http.kit.call.Ended.How.ANSWERED;
import static dev.weft.http.kit.call.Ended.How.TIMED_OUT;
import static dev.weft.http.kit.call.Ended.How.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.OutlierDetection;
import dev.weft.config.RetryOn;
import dev.weft.http.kit.Counts;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.request.Hints;
import dev.weft.request.ResponseFlag;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One description of a call for every protocol. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CallContract {
    private static final Duration SOON = Duration.ofMillis(100);

    private final Protocol protocol;
    private final @Nullable MutualTls tls;
    private CallBench bench;

    /** @param tls identities of client and servers; null: plaintext */
    public CallContract(Protocol protocol, @Nullable MutualTls tls) {
        this.protocol = protocol;
        this.tls = tls;
    }

    @BeforeEach
    void open() {
        bench = new CallBench(protocol, tls);
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void aCallIsAnsweredAndCountedOnce() throws Exception {
        Protocol.Served server = started(reviews -> reviews);

        assertThat(bench.call(Wish.ANSWER)).isEqualTo(new Ended(ANSWERED, "v1", null, null));
        assertThat(server.calls()).isEqualTo(1);
        bench.tries("PRIMARY", 1);
        bench.observer.awaitCalls(1);
        assertThat(bench.observer.calls.get(0).flags()).isEmpty();
    }

    @Test
    void aHostThatCannotBeReachedIsTriedElsewhere() throws Exception {
        Protocol.Served server = bench.server("v1");
        bench.start(reviews -> reviews.retry(2, null, RetryOn.CONNECT_FAILURE), TestServer.nobody(), server.address());

        for (int i = 0; i < 4; i++) {
            assertThat(bench.call(Wish.ANSWER).how()).isEqualTo(ANSWERED);
        }
        assertThat(server.calls()).isEqualTo(4);
        bench.observer.awaitAttemptsWith("PRIMARY CONNECT");
    }

    @Test
    void aHostThatFailsIsTriedElsewhere() throws Exception {
        Protocol.Served first = bench.server("v1");
        Protocol.Served second = bench.server("v2");
        bench.start(reviews -> reviews.retry(2, null, protocol.failure()), first.address(), second.address());

        for (int i = 0; i < 4; i++) {
            assertThat(bench.call(Wish.failAt("v1")).server()).isEqualTo("v2");
        }
        assertThat(second.calls()).isEqualTo(4);
        assertThat(first.calls()).isPositive();
    }

    @Test
    void whatTheServerSaidLastIsWhatTheCallerHears() throws Exception {
        Protocol.Served server = started(reviews -> reviews.retry(2, null, protocol.failure()));

        Ended ended = bench.call(Wish.FAIL);
        assertThat(ended.how()).isEqualTo(UNAVAILABLE);
        assertThat(ended.flags()).as("not the mesh's word").isNull();
        assertThat(server.calls()).isEqualTo(3);
        bench.tries("RETRY", 2);
    }

    @Test
    void withoutAPolicyNothingIsTriedAgain() throws Exception {
        Protocol.Served server = started(reviews -> reviews);

        assertThat(bench.call(Wish.FAIL).how()).isEqualTo(UNAVAILABLE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void eachRetryTakesOnePlaceOfTheLimitAndGivesItBack() throws Exception {
        Protocol.Served server = started(reviews -> reviews.maxRetries(1).retry(3, null, protocol.failure()));

        for (int call = 1; call <= 2; call++) {
            bench.call(Wish.FAIL);
            assertThat(server.calls()).isEqualTo(call * 4);
        }
    }

    @Test
    void withoutAPlaceInTheLimitNothingIsTriedAgain() throws Exception {
        Protocol.Served server = started(reviews -> reviews.maxRetries(0).retry(3, null, protocol.failure()));

        assertThat(bench.call(Wish.FAIL).how()).isEqualTo(UNAVAILABLE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aHintForbidsRetries() throws Exception {
        Protocol.Served server = started(reviews -> reviews.retry(3, null, protocol.failure()));

        Ended ended = bench.begin(Wish.FAIL, Hints.NONE.withoutRetry()).get(10, TimeUnit.SECONDS);
        assertThat(ended.how()).isEqualTo(UNAVAILABLE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aSlowTryIsGivenUpAndRepeated() throws Exception {
        Protocol.Served server = started(reviews -> reviews.retry(1, SOON, RetryOn.SERVER_ERROR));

        assertThat(bench.call(Wish.HANG).how()).isEqualTo(TIMED_OUT);
        bench.tries("PRIMARY", 1);
        bench.tries("RETRY", 1);
        Eventually.is("both tries left", () -> server.open() == 0);
    }

    @Test
    void theRoutesTimeoutEndsTheCall() throws Exception {
        Protocol.Served server = started(reviews -> reviews.timeout(SOON));

        Ended ended = bench.call(Wish.HANG);
        assertThat(ended.how()).isEqualTo(TIMED_OUT);
        assertThat(ended.flags()).isEqualTo("UT");
        Eventually.is("the server's call is over", () -> server.open() == 0);
    }

    @Test
    void theCallersBoundEndsTheCall() throws Exception {
        Protocol.Served server = started(reviews -> reviews.timeout(Duration.ofMinutes(1)));

        assertThat(bench.begin(Wish.HANG, Hints.within(SOON))
                        .get(10, TimeUnit.SECONDS)
                        .how())
                .isEqualTo(TIMED_OUT);
        Eventually.is("the server's call is over", () -> server.open() == 0);
    }

    @Test
    void aCallThatIsGivenUpIsGivenUpAtTheServer() throws Exception {
        Protocol.Served server = started(reviews -> reviews);
        CompletableFuture<Ended> call = bench.begin(Wish.HANG);
        Eventually.is("the call has come", () -> server.open() == 1);

        call.cancel(true);

        Eventually.is("the server's call is over", () -> server.open() == 0);
        bench.observer.awaitCalls(1);
        assertThat(bench.observer.calls.get(0).status()).isZero();
    }

    @Test
    void anAbortIsTheMeshsAnswer() throws Exception {
        Protocol.Served server = started(reviews -> reviews.abort(503));

        Ended ended = bench.call(Wish.ANSWER);
        assertThat(ended.how()).isEqualTo(UNAVAILABLE);
        assertThat(ended.flags()).isEqualTo("FI");
        assertThat(server.calls()).isZero();
    }

    @Test
    void aDelayIsWaitedForAndReported() throws Exception {
        Duration delay = Duration.ofMillis(20);
        started(reviews -> reviews.delay(delay));

        assertThat(bench.call(Wish.ANSWER).how()).isEqualTo(ANSWERED);
        bench.observer.awaitCalls(1);
        assertThat(bench.observer.calls.get(0).flags()).contains(ResponseFlag.DI);
        assertThat(bench.observer.calls.get(0).durationNanos()).isGreaterThanOrEqualTo(delay.toNanos());
    }

    @Test
    void aServiceWithoutHostsIsUnavailable() throws Exception {
        bench.start(reviews -> reviews);

        Ended ended = bench.call(Wish.ANSWER);
        assertThat(ended.how()).isEqualTo(UNAVAILABLE);
        assertThat(ended.flags()).isEqualTo("UH");
        assertThat(ended.reason()).contains("reviews");
    }

    @Test
    void aHostThatNobodyListensAtIsUnavailable() throws Exception {
        bench.start(reviews -> reviews, TestServer.nobody());

        Ended ended = bench.call(Wish.ANSWER);
        assertThat(ended.how()).isEqualTo(UNAVAILABLE);
        assertThat(ended.flags()).isEqualTo("UF");
        assertThat(ended.reason()).containsIgnoringCase("refused");
    }

    @Test
    void callsBeyondTheLimitAreRefused() throws Exception {
        Protocol.Served server = started(reviews -> reviews.maxRequests(1));
        CompletableFuture<Ended> first = bench.begin(Wish.HANG);
        Eventually.is("the first call has come", () -> server.open() == 1);

        Ended second = bench.call(Wish.ANSWER);
        assertThat(second.how()).isEqualTo(UNAVAILABLE);
        assertThat(second.flags()).isEqualTo("UO");
        assertThat(server.calls()).isEqualTo(1);

        first.cancel(true);
        Eventually.is("the first call is over", () -> bench.observer.calls.size() == 2);
        assertThat(bench.call(Wish.ANSWER).how()).isEqualTo(ANSWERED);
    }

    @Test
    void aHostThatFailsAgainAndAgainIsLeftAlone() throws Exception {
        Protocol.Served first = bench.server("v1");
        Protocol.Served second = bench.server("v2");
        bench.start(reviews -> reviews.outliers(ejectedAfter(2)), first.address(), second.address());

        for (int i = 0; i < 6; i++) {
            bench.call(Wish.failAt("v1"));
        }
        assertThat(first.calls()).isEqualTo(2);
        for (int i = 0; i < 4; i++) {
            assertThat(bench.call(Wish.failAt("v1")).server()).isEqualTo("v2");
        }
    }

    @Test
    void aMirrorGetsACopyAndNobodyWaitsForIt() throws Exception {
        Protocol.Served server = bench.server("v1");
        Protocol.Served mirror = bench.server("mirror");
        bench.start(reviews -> reviews.mirror(mirror.address()), server.address());

        assertThat(bench.call(Wish.failAt("mirror")).server()).isEqualTo("v1");
        Eventually.is("the copy has come", () -> mirror.calls() == 1);
        bench.tries("MIRROR", 1);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void callsGoOnWhileTheIdentityIsRenewed() throws Exception {
        Protocol.Served server = started(reviews -> reviews);
        CompletableFuture<Ended> running = bench.begin(Wish.HANG);
        Eventually.is("the call has come", () -> server.open() == 1);

        for (int i = 0; i < 3; i++) {
            bench.rotateIdentity();
            assertThat(bench.call(Wish.ANSWER).how()).isEqualTo(ANSWERED);
        }
        assertThat(running).isNotDone();
        assertThat(server.open()).isEqualTo(1);
        running.cancel(true);
    }

    @Test
    void aCallIsOneLineInTheBooksAndEachTryIsASpan() throws Exception {
        started(reviews -> reviews.retry(1, null, protocol.failure()));
        bench.call(Wish.FAIL);

        Eventually.is("two spans", () -> bench.spans.getFinishedSpanItems().size() == 2);
        Eventually.is("one call is counted", () -> Counts.of(bench.meters, "istio_requests_total") == 1);
        assertThat(bench.spans.getFinishedSpanItems())
                .allSatisfy(span -> assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT));
        assertThat(bench.meters.find("istio_requests_total").counters())
                .singleElement()
                .satisfies(counter -> {
                    assertThat(counter.count()).isEqualTo(1);
                    assertThat(counter.getId().getTag("reporter")).isEqualTo("source");
                });
    }

    /** One server, and a mesh that knows it. */
    private Protocol.Served started(UnaryOperator<Snapshots> policy) {
        Protocol.Served server = bench.server("v1");
        bench.start(policy, server.address());
        return server;
    }

    private static OutlierDetection ejectedAfter(int failures) {
        Duration never = Duration.ofMinutes(5);
        return new OutlierDetection(failures, 100, 0, 0, false, 0, 0, never, never, never, 100, false);
    }
}
