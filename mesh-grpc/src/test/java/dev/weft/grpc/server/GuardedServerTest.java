package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.SnapshotSource;
import dev.weft.config.TlsMode;
import dev.weft.grpc.server.GuardedSite.Ended;
import dev.weft.http.guard.Rules;
import dev.weft.http.kit.Eventually;
import dev.weft.request.ResponseFlag;
import dev.weft.telemetry.MeshObserver.InboundSummary;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.util.MutableHandlerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a guarded server lets in, shows to handlers, and reports. */
final class GuardedServerTest {
    private GuardedSite site =
            new GuardedSite(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/test.Admin/"))));

    @AfterEach
    void end() {
        site.close();
    }

    @Test
    void whatThePolicyForbidsReachesNoHandlerAndIsToldNoReason() throws Exception {
        site.guarded();

        Ended denied = site.call(Texts.ADMIN, "x");
        assertThat(denied.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(denied.status().getDescription()).isEqualTo("RBAC: access denied");
        assertThat(denied.trailers().keys()).noneMatch(name -> name.startsWith("x-mesh"));
        assertThat(site.handlers.reached).isEmpty();
        InboundSummary report = site.report();
        assertThat(report.grpcStatus()).isEqualTo(7);
        assertThat(report.reason()).contains("p");
        assertThat(report.head().path()).isEqualTo("/test.Admin/Unary");

        assertThat(site.call(Texts.UNARY, "x").message()).isEqualTo("echo x");
        report = site.report();
        assertThat(report.status()).isEqualTo(200);
        assertThat(report.grpcStatus()).isZero();
        assertThat(report.head().authority()).isEqualTo("reviews:9090");
    }

    @Test
    void metadataIsJudged() throws Exception {
        site.guarded();
        site.rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.header("x-role", "intern"))));

        assertThat(site.call(Texts.UNARY, "x", "x-role", "intern").code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(site.call(Texts.UNARY, "x", "x-role", "reader").code()).isEqualTo(Status.Code.OK);
    }

    @Test
    void aPortThatDemandsTlsServesNoCallInPlaintext() throws Exception {
        site.guarded();
        assertThat(site.call(Texts.UNARY, "x").code()).isEqualTo(Status.Code.OK);
        site.rules.set(Rules.snapshot(TlsMode.STRICT));

        assertThat(site.call(Texts.UNARY, "x").code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(site.handlers.reached).hasSize(1);
    }

    @Test
    void callerScopeAndDeadlineAreCurrentInEveryEvent() throws Exception {
        site.guarded();

        site.begin(Texts.UNARY, CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.SECONDS))
                .send("x")
                .end()
                .ended();
        Eventually.is("the end", () -> site.handlers.events.contains("complete anonymous until 300s"));
        assertThat(site.handlers.events)
                .containsOnlyOnce("start anonymous until 300s", "message anonymous until 300s")
                .allMatch(event -> event.endsWith(" anonymous until 300s"));
    }

    @Test
    void aDeadlineThatCameOverHttpIsOneOfGrpcToo() throws Exception {
        site.guarded();

        assertThat(site.call(Texts.UNARY, "x", "x-mesh-timeout-ms", "500000").code())
                .isEqualTo(Status.Code.OK);
        assertThat(site.handlers.events).contains("start anonymous until 500s");
        assertThat(site.handlers.metadata.keys()).doesNotContain("x-mesh-timeout-ms");
        assertThat(site.call(Texts.UNARY, "x", "x-mesh-timeout-ms", "0").code())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(site.handlers.reached).hasSize(1);
    }

    @Test
    void metadataThatNobodyChangesStaysAsItIsToTheByte() throws Exception {
        site.guarded();
        Metadata.Key<byte[]> binary = Metadata.Key.of("trace-bin", Metadata.BINARY_BYTE_MARSHALLER);
        Metadata sent = new Metadata();
        sent.put(binary, new byte[] {0, -1, 44, 10});
        sent.put(binary, new byte[] {});
        sent.put(Metadata.Key.of("x-forwarded-client-cert", Metadata.ASCII_STRING_MARSHALLER), "URI=me");

        site.begin(Texts.UNARY, CallOptions.DEFAULT, sent).send("x").end().ended();
        assertThat(site.handlers.metadata.getAll(binary)).containsExactly(new byte[] {0, -1, 44, 10}, new byte[] {});
        assertThat(site.handlers.metadata.keys()).doesNotContain("x-forwarded-client-cert");
    }

    @Test
    void aMethodThatNobodyHasIsJudgedAndReported() throws Exception {
        site.guarded();

        Ended unknown = site.call(Texts.UNKNOWN, "x");
        assertThat(unknown.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(unknown.status().getDescription()).isEqualTo("Method not found: test.Public/Unknown");
        assertThat(site.report().grpcStatus()).isEqualTo(12);
        site.rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/"))));
        assertThat(site.call(Texts.UNKNOWN, "x").code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(site.report().grpcStatus()).isEqualTo(7);
    }

    @Test
    void interceptorsOfTheApplicationSeeOnlyWhatWasLetIn() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        ServerInterceptor users = new ServerInterceptor() {
            @Override
            public <A, B> ServerCall.Listener<A> interceptCall(
                    ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
                seen.add(call.getMethodDescriptor().getFullMethodName());
                return next.startCall(call, headers);
            }
        };
        ServerGuard guard = ServerGuard.guard(site.mesh, site.builder);
        site.builder.intercept(users);
        guard.building();
        site.start();

        site.call(Texts.ADMIN, "x");
        site.call(Texts.UNKNOWN, "x");
        assertThat(site.call(Texts.UNARY, "x").code()).isEqualTo(Status.Code.OK);
        assertThat(seen).containsExactly("test.Public/Unary");
        Eventually.is("reports", () -> site.observer.inbound.size() == 3);
    }

    @Test
    void methodsThatAreFoundAtRunTimeAreServedWhenTheyWereLetIn() throws Exception {
        MutableHandlerRegistry late = new MutableHandlerRegistry();
        ServerGuard guard = ServerGuard.guard(site.mesh, site.builder);
        site.builder.fallbackHandlerRegistry(late);
        guard.building();
        site.start();
        late.addService(ServerServiceDefinition.builder("test.Public")
                .addMethod(Texts.UNKNOWN, ServerCalls.asyncUnaryCall((request, answer) -> {
                    answer.onNext("late " + request);
                    answer.onCompleted();
                }))
                .build());

        assertThat(site.call(Texts.UNKNOWN, "x").message()).isEqualTo("late x");
        assertThat(site.report().grpcStatus()).isZero();
        site.rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/test.Public/"))));
        assertThat(site.call(Texts.UNKNOWN, "x").code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void aBuilderIsGuardedOnce() throws Exception {
        ServerGuard first = ServerGuard.guard(site.mesh, site.builder);
        assertThat(ServerGuard.guard(site.mesh, site.builder)).isSameAs(first);
        site.start();

        assertThat(site.call(Texts.UNARY, "x").code()).isEqualTo(Status.Code.OK);
        site.report();
    }

    @Test
    void theCallerWhoLeavesIsReportedAsGone() throws Exception {
        site.guarded();
        GuardedSite.Open open = site.begin(Texts.BIDI, CallOptions.DEFAULT).send("nothing");
        Eventually.is("the message", () -> site.handlers.events.contains("message anonymous"));
        open.cancel();

        InboundSummary report = site.report();
        assertThat(report.status()).isZero();
        assertThat(report.flags()).containsExactly(ResponseFlag.DC);
        Eventually.is("the end", () -> site.handlers.events.contains("cancel anonymous"));
    }

    @Test
    void handlersThatThrowAreReportedByWhatTheirCallerIsTold() throws Exception {
        site.guarded();

        assertThat(site.call(Texts.UNARY, "throw").code()).isEqualTo(Status.Code.UNKNOWN);
        assertThat(site.report().grpcStatus()).isEqualTo(2);
        assertThat(site.call(Texts.UNARY, "x", "throw", "1").code()).isEqualTo(Status.Code.DATA_LOSS);
        assertThat(site.report().grpcStatus()).isEqualTo(15);
    }

    @Test
    void aCallThatEndsWithItsDeadlineIsReportedSo() throws Exception {
        site.guarded();
        // A deadline that is over before the call has come says nothing to the server: then a longer one.
        for (long millis = 50; !site.handlers.reached.contains("test.Public/Bidi"); millis *= 2) {
            GuardedSite.Open open =
                    site.begin(Texts.BIDI, CallOptions.DEFAULT.withDeadlineAfter(millis, TimeUnit.MILLISECONDS));
            assertThat(open.ended().code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            // On the same connection, and so behind it.
            assertThat(site.call(Texts.UNARY, "x").code()).isEqualTo(Status.Code.OK);
        }

        Eventually.is("all calls are over", () -> site.mesh.inbound().active() == 0);
        // The server's own timer, or the caller's cancellation, whichever comes first.
        assertThat(site.observer.inbound)
                .filteredOn(report -> report.head().path().equals("/test.Public/Bidi"))
                .isNotEmpty()
                .allSatisfy(report -> assertThat(report.grpcStatus()).isIn(4, null));
    }

    @Test
    void aDrainWaitsForStreamsThatAreOpen() throws Exception {
        site.guarded();
        GuardedSite.Open open = site.begin(Texts.BIDI, CallOptions.DEFAULT).send("nothing");
        Eventually.is("the message", () -> site.handlers.events.contains("message anonymous"));
        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> site.mesh.drain(Duration.ofMinutes(1)));
        Eventually.is("leaving", () -> !site.mesh.health().serving());
        assertThat(drained).isNotDone();
        open.cancel();

        assertThat(drained).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void aServerThatStopsNowLeavesNoCallUnreported() throws Exception {
        site.guarded();
        GuardedSite.Open open = site.begin(Texts.BIDI, CallOptions.DEFAULT).send("nothing");
        Eventually.is("the message", () -> site.handlers.events.contains("message anonymous"));
        site.server().shutdownNow();

        assertThat(open.ended().status().isOk()).isFalse();
        assertThat(site.report().flags()).containsExactly(ResponseFlag.DC);
    }

    @Test
    void theRegistryHearsOfThePortAndOfItsEnd() throws Exception {
        site.guarded();
        int port = site.server().getPort();

        Eventually.is("registered", () -> site.mesh.servicePort(port) == 9090);
        site.server().shutdown();
        Eventually.is("gone", () -> site.mesh.servicePort(port) == port);
    }

    @Test
    void aPortOfAnotherNameIsAnotherPortOfTheService() throws Exception {
        try (Mesh two = Mesh.builder()
                .service("reviews")
                .port("grpc", 9090)
                .port("grpc-admin", 9091)
                .ignoreEnvironment()
                .trust(Trust.none())
                .snapshots(SnapshotSource.of(Rules.snapshot(TlsMode.PERMISSIVE)))
                .start()) {
            MeshServer.guard(two, site.builder, "grpc-admin");
            site.start();
            assertThat(site.call(Texts.UNARY, "x").code()).isEqualTo(Status.Code.OK);
            assertThat(two.servicePort(site.server().getPort())).isEqualTo(9091);
        }
    }

    @Test
    void whoSaysThatAServerHasStartedIsHeardAtOnce() throws Exception {
        site.guarded();

        assertThat(ServerGuard.started(site.server())).isTrue();
        assertThat(site.mesh.servicePort(site.server().getPort())).isEqualTo(9090);
    }
}
