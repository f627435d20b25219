package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.Origin;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.config.VirtualHost;
import dev.weft.config.Written;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Deadline;
import dev.weft.request.Hints;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose word holds: what the route's author wrote, what the client declares, or the default. */
final class PrecedenceTest {
    private static final Duration HALF = Duration.ofMillis(500);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration THREE = Duration.ofSeconds(3);
    private static final Origin FILE = new Origin("VirtualService default/reviews http[1]", "reviews.yaml", 14);
    private static final String WRITTEN = "VirtualService default/reviews http[1] (reviews.yaml:14)";
    private static final RetryPolicy ON_ERRORS = Calls.retry(2, RetryOn.SERVER_ERROR);

    /** The mesh as it is where nobody wrote anything. */
    private static final Calls SILENT = calls(null, RetryPolicy.ISTIO_DEFAULT, Written.NOTHING);

    private static Calls calls(@Nullable Duration timeout, RetryPolicy retry, Written written) {
        return calls(timeout, null, retry, written, Snapshots.cluster("reviews"));
    }

    private static Calls calls(
            @Nullable Duration timeout,
            @Nullable Duration maxGrpcTimeout,
            RetryPolicy retry,
            Written written,
            Cluster cluster) {
        RouteAction action = new RouteAction.Forward(
                List.of(Snapshots.weighted("reviews", 1)),
                timeout,
                maxGrpcTimeout,
                retry,
                List.of(),
                Rewrite.NONE,
                List.of(),
                written);
        return new Calls(Snapshots.empty()
                .host("reviews", 9080, Snapshots.route(RouteMatch.everything(), action))
                .cluster(cluster, "a:1", "b:1", "c:1")
                .snapshot());
    }

    private static CallDefaults declared(@Nullable Duration timeout, @Nullable RetryPolicy retry) {
        return new CallDefaults(timeout, retry, false, "@MeshClient Reviews");
    }

    private static ExchangeOptions options(CallDefaults declared) {
        return new ExchangeOptions(Hints.NONE, Deadline.NONE, true, declared);
    }

    private static FakeAdapter begin(Calls calls, String method, ExchangeOptions options, String... headers) {
        return Calls.begin(calls.prepare(Calls.head(method, "http://reviews:9080/", headers), options, Calls.ALL));
    }

    private static FakeAdapter get(Calls calls, CallDefaults declared) {
        return begin(calls, "GET", options(declared));
    }

    private static List<String> told(FakeAdapter call) {
        return call.exchange().explain().steps();
    }

    @Test
    void aWrittenTimeoutOverridesWhatTheClientDeclares() {
        Calls calls = calls(THREE, RetryPolicy.ISTIO_DEFAULT, new Written(FILE, null, null));
        FakeAdapter call = get(calls, declared(HALF, null));

        assertThat(call.last().deadlineNanos()).isEqualTo(3_000_000_000L);
        assertThat(told(call)).contains("timeout 3 s: " + WRITTEN + "; overrides @MeshClient Reviews 500 ms");
    }

    @Test
    void aDeclaredTimeoutHoldsWhereNobodyWroteOne() {
        FakeAdapter call = get(SILENT, declared(HALF, null));
        assertThat(call.last().deadlineNanos()).isEqualTo(500_000_000L);
        assertThat(told(call)).contains("timeout 500 ms: @MeshClient Reviews");

        Calls fifteen = calls(Duration.ofSeconds(15), RetryPolicy.NONE, Written.NOTHING);
        FakeAdapter longer = get(fifteen, declared(Duration.ofSeconds(20), null));
        assertThat(longer.last().deadlineNanos()).isEqualTo(20_000_000_000L);
        assertThat(told(longer)).contains("timeout 20 s: @MeshClient Reviews; the default was 15 s");
    }

    @Test
    void aTimeoutOfTheClientEndsTheCallAndIsNamed() {
        Calls calls = calls(null, RetryPolicy.ISTIO_DEFAULT, Written.NOTHING);
        FakeAdapter call = get(calls, declared(HALF, null));
        calls.advance(500);

        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1", "reply 504 UT");
        assertThat(call.reply.reason()).contains("the timeout of @MeshClient Reviews passed (UT) after 500 ms");
        calls.assertBooksClosed();
    }

    @Test
    void aTimeoutThatNobodyWroteIsTheDefault() {
        assertThat(told(get(SILENT, CallDefaults.NONE))).contains("no timeout: nobody wrote one");
        assertThat(told(get(calls(Duration.ofSeconds(15), RetryPolicy.NONE, Written.NOTHING), CallDefaults.NONE)))
                .contains("timeout 15 s: by default");
    }

    @Test
    void hintsAndTheInheritedDeadlineBoundWhateverHolds() {
        ExchangeOptions hurried = new ExchangeOptions(
                Hints.within(Duration.ofMillis(300)), new Deadline(120_000_000), true, declared(HALF, ON_ERRORS));
        FakeAdapter call = begin(SILENT, "GET", hurried);

        assertThat(call.last().deadlineNanos()).isEqualTo(120_000_000L);
        assertThat(told(call))
                .containsSubsequence(
                        "timeout 500 ms: @MeshClient Reviews",
                        "at most 300 ms: the caller's hint",
                        "at most 120 ms: the deadline of the request that is being served");
    }

    @Test
    void writtenRetriesOverrideWhatTheClientDeclares() {
        Calls calls = calls(null, Calls.retry(1, RetryOn.RESET), new Written(null, FILE, null));
        FakeAdapter call = get(calls, declared(null, ON_ERRORS));
        call.answer(503);

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 503");
        assertThat(told(call))
                .contains("up to 1 retry on reset: " + WRITTEN
                        + "; overrides @MeshClient Reviews up to 2 retries on 5xx");
    }

    @Test
    void aTimeoutAndRetriesWrittenInTwoPlacesAreEachSaidToBeFromTheirs() {
        CallDefaults declared = new CallDefaults(HALF, ON_ERRORS, false, "mesh.clients.reviews", "@MeshClient Reviews");
        assertThat(told(get(SILENT, declared)))
                .contains("timeout 500 ms: mesh.clients.reviews", "up to 2 retries on 5xx: @MeshClient Reviews");
    }

    @Test
    void retriesThatAreSwitchedOffStayOff() {
        Calls calls = calls(null, RetryPolicy.NONE, new Written(null, FILE, null));
        FakeAdapter call = get(calls, declared(null, Calls.within(HALF, ON_ERRORS)));
        call.last().connected(true);
        calls.advance(2_000);
        assertThat(call.reply).as("the time of one try goes with retries").isNull();
        call.answer(503);

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 503");
        assertThat(told(call))
                .contains("no retries: " + WRITTEN + "; overrides @MeshClient Reviews up to 2 retries on 5xx");
    }

    @Test
    void declaredRetriesReplaceTheDefaultOnes() {
        Calls calls = calls(null, RetryPolicy.ISTIO_DEFAULT, Written.NOTHING);
        FakeAdapter call = get(calls, declared(null, ON_ERRORS));
        call.answer(503);
        calls.advance(1_000);
        call.answer(500);
        calls.advance(1_000);
        call.answer(200);
        assertThat(call.commands)
                .containsSubsequence("send 1 to a:1", "send 2 to b:1", "send 3 to c:1", "deliver 3 with 200");
        assertThat(told(call)).contains("up to 2 retries on 5xx: @MeshClient Reviews");

        FakeAdapter refused = get(calls, declared(null, RetryPolicy.NONE));
        refused.fail(Failure.CONNECT);
        assertThat(refused.sent).hasSize(1);
        assertThat(told(refused)).contains("no retries: @MeshClient Reviews");
    }

    @Test
    void aHintOfOneAttemptIsTheMinimumOfAllRetries() {
        ExchangeOptions once =
                new ExchangeOptions(Hints.NONE.withoutRetry(), Deadline.NONE, true, declared(null, ON_ERRORS));
        FakeAdapter call = begin(SILENT, "GET", once);
        call.answer(503);

        assertThat(call.commands).endsWith("deliver 1 with 503");
        assertThat(told(call)).contains("one attempt: the caller's hint");
    }

    @Test
    void aDeclaredBoundOfOneTryHoldsBesideWrittenRetries() {
        CallDefaults declared = declared(null, Calls.within(HALF, ON_ERRORS));
        Calls unbounded = calls(null, Calls.retry(3, RetryOn.RESET), new Written(null, FILE, null));
        FakeAdapter call = get(unbounded, declared);
        call.last().connected(true);
        assertThat(call.last().deadlineNanos()).isEqualTo(500_000_000L);
        assertThat(told(call).toString())
                .contains("up to 3 retries on reset, each within 500 ms (@MeshClient Reviews): " + WRITTEN);

        Calls bounded = calls(null, Calls.within(SECOND, Calls.retry(3, RetryOn.RESET)), new Written(null, FILE, FILE));
        FakeAdapter other = get(bounded, declared);
        other.last().connected(true);
        assertThat(other.last().deadlineNanos()).isEqualTo(1_000_000_000L);
        assertThat(told(other).toString()).contains("up to 3 retries on reset, each within 1 s: " + WRITTEN);
    }

    @Test
    void aDeclaredBoundOfOneTryIsMeasuredAgainstTheTimeoutThatHolds() {
        FakeAdapter call = get(SILENT, declared(HALF, Calls.within(SECOND, ON_ERRORS)));
        call.last().connected(true);
        assertThat(call.last().deadlineNanos()).isEqualTo(500_000_000L);
        assertThat(call.last().head().headers().first("x-envoy-expected-rq-timeout-ms"))
                .isEqualTo("500");
    }

    @Test
    void declaredRetriesDoNotRepeatWhatAServerMayHaveDoneUnlessTheMethodAllowsIt() {
        for (String method : List.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE")) {
            assertThat(triesAfter503(method, options(declared(null, ON_ERRORS))))
                    .as(method)
                    .isEqualTo(2);
        }
        for (String method : List.of("POST", "PATCH", "LOCK")) {
            assertThat(triesAfter503(method, options(declared(null, ON_ERRORS))))
                    .as(method)
                    .isEqualTo(1);
        }
    }

    @Test
    void whoSaysIdempotentHasAPostRepeated() {
        CallDefaults said = new CallDefaults(null, ON_ERRORS, true, "@MeshCall Reviews.add");
        assertThat(triesAfter503("POST", options(said))).isEqualTo(2);
        ExchangeOptions hinted =
                new ExchangeOptions(Hints.NONE.idempotent(true), Deadline.NONE, true, declared(null, ON_ERRORS));
        assertThat(triesAfter503("POST", hinted)).isEqualTo(2);
        ExchangeOptions nothingToRepeat =
                new ExchangeOptions(Hints.NONE.idempotent(true), Deadline.NONE, true, CallDefaults.NONE);
        assertThat(triesAfter503("POST", nothingToRepeat)).isEqualTo(1);
    }

    private static int triesAfter503(String method, ExchangeOptions options) {
        FakeAdapter call = begin(calls(null, RetryPolicy.ISTIO_DEFAULT, Written.NOTHING), method, options);
        call.answer(503);
        return call.sent.size();
    }

    @Test
    void aPostThatReachedNoServerIsRepeatedAndOneThatMayHaveIsNot() {
        RetryPolicy everything = Calls.retry(1, RetryOn.SERVER_ERROR);
        for (Failure failure : List.of(
                Failure.CONNECT, Failure.TLS, Failure.REFUSED_STREAM, Failure.RESET_BEFORE_REQUEST, Failure.RESET)) {
            FakeAdapter call = begin(SILENT, "POST", options(declared(null, everything)));
            call.fail(failure);
            assertThat(call.sent).as(failure.name()).hasSize(failure == Failure.RESET ? 1 : 2);
        }
    }

    @Test
    void thePostThatIsNotRepeatedSaysWhy() {
        FakeAdapter call = begin(SILENT, "POST", options(declared(null, ON_ERRORS)));
        call.answer(503);

        assertThat(told(call).toString())
                .contains("no retry once a server may have acted: POST is not idempotent, and nobody says")
                .contains("attempt 1 on a:1: 503, not retried: a server may have acted on it");
    }

    @Test
    void thePolicyOfARouteRepeatsEveryMethodAsEnvoyDoes() {
        FakeAdapter call = begin(
                calls(null, Calls.retry(1, RetryOn.SERVER_ERROR), new Written(null, FILE, null)),
                "POST",
                options(declared(HALF, ON_ERRORS)));
        call.answer(503);

        assertThat(call.commands).contains("send 2 to b:1");
    }

    @Test
    void aGrpcCallIsOnlyRepeatedAfterAnAnswerIfItIsSaidToBeIdempotent() {
        CallDefaults once = declared(null, Calls.retry(1, RetryOn.RESOURCE_EXHAUSTED));
        CallDefaults often = new CallDefaults(null, once.retry(), true, once.origin());

        assertThat(exhausted(once).sent).hasSize(1);
        assertThat(exhausted(often).sent).hasSize(2);
    }

    private static FakeAdapter exhausted(CallDefaults declared) {
        FakeAdapter call = begin(SILENT, "POST", options(declared), "content-type", "application/grpc");
        call.answer(200, "grpc-status", "8");
        return call;
    }

    @Test
    void aGrpcCallersTimeoutIsCappedByWhatTheClientDeclares() {
        Calls calls =
                calls(null, Duration.ZERO, RetryPolicy.ISTIO_DEFAULT, Written.NOTHING, Snapshots.cluster("reviews"));
        String[] asked = {"content-type", "application/grpc", "grpc-timeout", "2S"};
        assertThat(begin(calls, "POST", options(declared(HALF, null)), asked)
                        .last()
                        .deadlineNanos())
                .isEqualTo(500_000_000L);
        assertThat(begin(calls, "POST", options(declared(THREE, null)), asked)
                        .last()
                        .deadlineNanos())
                .isEqualTo(2_000_000_000L);
    }

    @Test
    void whereAKeyPicksTheHostRetriesLeaveItOnlyIfTheRouteSaysSo() {
        RetryPolicy leaving = ON_ERRORS.withAvoidPreviousHosts(true);
        RouteAction.Forward action = (RouteAction.Forward) Snapshots.forward("reviews");
        CallDefaults declared = declared(null, leaving);

        assertThat(Precedence.retry(action, declared, false)).isSameAs(leaving);
        assertThat(Precedence.retry(action, declared, true)).isEqualTo(ON_ERRORS);
    }

    @Test
    void aStreamingRequestsDeclaredTimeBeginsWhenItIsWhole() {
        Calls calls = calls(null, RetryPolicy.NONE, Written.NOTHING);
        FakeAdapter call =
                begin(calls, "POST", new ExchangeOptions(Hints.NONE, Deadline.NONE, false, declared(HALF, null)));
        calls.advance(10_000);
        assertThat(call.reply).isNull();
        call.exchange().requestComplete();
        calls.advance(500);

        assertThat(call.commands).endsWith("reply 504 UT");
    }

    @Test
    void toAHostThatTheMeshDoesNotKnowOnlyTheTimeoutHolds() {
        Calls calls =
                new Calls(Snapshots.empty().host(0, VirtualHost.allowAny()).snapshot());
        FakeAdapter call = Calls.begin(calls.prepare(
                Calls.head("GET", "http://weather.example/"), options(declared(HALF, ON_ERRORS)), Calls.ALL));
        assertThat(call.last().deadlineNanos()).isEqualTo(500_000_000L);
        assertThat(told(call)).contains("timeout 500 ms: @MeshClient Reviews");
        call.answer(503);
        assertThat(call.commands).endsWith("deliver 1 with 503");
    }

    @Test
    void aCallCanBeExplainedWithItsDeclarationBeforeItIsMade() {
        Calls calls = calls(THREE, RetryPolicy.ISTIO_DEFAULT, new Written(FILE, null, null));
        Explanation told =
                calls.engine.explain(Calls.head("GET", "http://reviews:9080/"), options(declared(HALF, ON_ERRORS)));

        assertThat(told.steps())
                .contains("timeout 3 s: " + WRITTEN + "; overrides @MeshClient Reviews 500 ms")
                .contains("up to 2 retries on 5xx: @MeshClient Reviews");
    }

    @Test
    void aClientThatDeclaresNothingCostsNothing() {
        RouteAction.Forward action = (RouteAction.Forward) Snapshots.forward("reviews", THREE, ON_ERRORS);
        assertThat(Precedence.retry(action, CallDefaults.NONE, true)).isSameAs(action.retry());
        assertThat(Precedence.timeout(action, CallDefaults.NONE)).isSameAs(THREE);
    }

    @Test
    void aCallWithAKeyStaysOnItsHost() {
        Calls ring = calls(
                null,
                null,
                RetryPolicy.ISTIO_DEFAULT.withAvoidPreviousHosts(false),
                Written.NOTHING,
                Snapshots.cluster(
                        "reviews", new LoadBalancingPolicy.RingHash(64, 1024, false), CircuitBreakers.NONE, null));
        FakeAdapter call = Calls.begin(ring.get(
                "http://reviews:9080/",
                new ExchangeOptions(
                        Hints.hashBy("jason"),
                        Deadline.NONE,
                        true,
                        declared(null, ON_ERRORS.withAvoidPreviousHosts(true)))));
        call.answer(503);

        assertThat(call.sent.get(1).host()).isSameAs(call.sent.get(0).host());
    }
}
