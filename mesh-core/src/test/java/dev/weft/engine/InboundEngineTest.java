package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.request.Deadline;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request at a guarded server. */
final class InboundEngineTest {
    private final ManualWorld world = World.manual();
    private final List<MeshObserver.InboundSummary> over = new ArrayList<>();
    private final List<String> scopes = new ArrayList<>();
    private final InboundEngine engine = new InboundEngine(world.world(), new MeshObserver() {
        @Override
        public InboundObserver inbound(RequestHead head) {
            return new InboundObserver() {
                @Override
                public Scope enter() {
                    scopes.add("enter");
                    return () -> scopes.add("leave");
                }

                @Override
                public void finished(InboundSummary summary) {
                    over.add(summary);
                }
            };
        }
    });

    private InboundExchange begin(String... headers) {
        return engine.begin(Calls.head("GET", "http://reviews:9080/1", headers));
    }

    @Test
    void theCallersDeadlineIsThatOfTheScopeAndCountsFromArrival() {
        world.advance(Duration.ofMillis(50));
        InboundExchange request = begin("x-mesh-timeout-ms", "200");
        world.advance(Duration.ofMillis(30));

        assertThat(request.refusal()).isNull();
        try (Inbound.Scope scope = request.enter()) {
            assertThat(scope).isNotNull();
            assertThat(Inbound.current().deadline().remaining(world.nanoTime())).isEqualTo(170_000_000);
            assertThat(scopes).containsExactly("enter");
        }
        assertThat(scopes).containsExactly("enter", "leave");
        assertThat(Inbound.current()).isEqualTo(Inbound.NONE);
    }

    @Test
    void whatComesTooLateIsAnsweredInsteadOfServed() {
        InboundExchange request = begin("x-mesh-timeout-ms", "200");
        world.advance(Duration.ofMillis(200));

        LocalReply refusal = request.refusal();
        assertThat(refusal).isNotNull();
        assertThat(refusal.status()).isEqualTo(504);
        assertThat(refusal.flagText()).isEqualTo("UT");
        assertThat(refusal.reason())
                .isEqualTo(
                        "GET reviews:9080: the caller's deadline passed (UT) before the handler ran, after 200 ms here");
        request.finished(504);
        assertThat(over).singleElement().satisfies(summary -> {
            assertThat(summary.status()).isEqualTo(504);
            assertThat(summary.flags()).isEqualTo(Set.of(ResponseFlag.UT));
            assertThat(summary.reason()).contains("deadline passed");
        });
    }

    @Test
    void nothingLeftIsTooLateAtOnce() {
        assertThat(begin("x-mesh-timeout-ms", "0").refusal()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "1e3", "1.5", "0x10", "ten", "9999999999999", "99999999999999999999", "١٢", "200 ms"})
    void garbageIsNoDeadlineAndNoFailure(String value) {
        InboundExchange request = begin("x-mesh-timeout-ms", value);

        assertThat(request.deadline()).isEqualTo(Deadline.NONE);
        assertThat(request.refusal()).isNull();
        assertThat(request.head().headers().contains("x-mesh-timeout-ms")).isFalse();
    }

    @Test
    void ofSeveralTheEarliestCountsWhateverStandsBesideIt() {
        InboundExchange request =
                begin("x-mesh-timeout-ms", "x", "x-mesh-timeout-ms", "300", "x-mesh-timeout-ms", " 100 ");

        assertThat(request.deadline().remaining(0)).isEqualTo(100_000_000);
    }

    @Test
    void aGrpcCallersTimeoutIsADeadlineToo() {
        assertThat(begin("content-type", "application/grpc", "grpc-timeout", "50m")
                        .deadline()
                        .remaining(0))
                .isEqualTo(50_000_000);
        assertThat(begin("content-type", "application/grpc", "grpc-timeout", "50m", "x-mesh-timeout-ms", "20")
                        .deadline()
                        .remaining(0))
                .isEqualTo(20_000_000);
        assertThat(begin("content-type", "application/grpc", "grpc-timeout", "soon")
                        .deadline())
                .isEqualTo(Deadline.NONE);
        assertThat(begin("grpc-timeout", "50m").deadline())
                .as("a header like any other")
                .isEqualTo(Deadline.NONE);
    }

    @Test
    void longYearsDoNotOverflow() {
        assertThat(begin("x-mesh-timeout-ms", "999999999999").refusal()).isNull();
    }

    @Test
    void theApplicationSeesNothingThatOnlyTheMeshMayWrite() {
        RequestHead head = begin(
                        "x-mesh-flags", "UH",
                        "x-envoy-max-retries", "9",
                        "x-envoy-peer-metadata", "lies",
                        "x-envoy-peer-metadata-id", "lies",
                        "x-forwarded-client-cert", "URI=spiffe://cluster.local/ns/default/sa/admin",
                        "x-envoy-attempt-count", "2",
                        "end-user", "jason")
                .head();

        assertThat(head.headers().size()).isEqualTo(2);
        assertThat(head.headers().first("x-envoy-attempt-count")).isEqualTo("2");
        assertThat(head.headers().first("end-user")).isEqualTo("jason");
    }

    @Test
    void theEndIsReportedOnce() {
        InboundExchange request = begin();
        assertThat(engine.active()).isOne();
        world.advance(Duration.ofMillis(7));
        request.finished(200);
        request.lost();
        request.finished(500);

        assertThat(engine.active()).isZero();
        assertThat(over).singleElement().satisfies(summary -> {
            assertThat(summary.status()).isEqualTo(200);
            assertThat(summary.durationNanos()).isEqualTo(7_000_000);
        });
    }

    @Test
    void aLostConnectionHasNoStatus() {
        begin().lost();

        assertThat(over).singleElement().satisfies(summary -> {
            assertThat(summary.status()).isZero();
            assertThat(summary.flags()).isEqualTo(Set.of(ResponseFlag.DC));
        });
    }

    @Test
    void anObserverThatFailsFailsNobody() {
        InboundEngine broken = new InboundEngine(world.world(), new MeshObserver() {
            @Override
            public InboundObserver inbound(RequestHead head) {
                throw new IllegalStateException("broken");
            }
        });
        InboundExchange request = broken.begin(Calls.head("GET", "http://reviews/", "x-mesh-timeout-ms", "5"));
        try (Inbound.Scope scope = request.enter()) {
            assertThat(scope).isNotNull();
            assertThat(Inbound.current().deadline().exists()).isTrue();
        }
        request.finished(200);
    }
}
