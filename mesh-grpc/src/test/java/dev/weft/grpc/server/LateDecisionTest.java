package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.TlsMode;
import dev.weft.grpc.server.GuardedSite.Ended;
import dev.weft.http.guard.Rules;
import dev.weft.http.kit.Eventually;
import io.grpc.CallOptions;
import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Decisions for which somebody else has to be asked. */
final class LateDecisionTest {
    private final GuardedSite site = new GuardedSite(Rules.snapshot(TlsMode.PERMISSIVE));

    @AfterEach
    void end() {
        site.close();
    }

    private static String[] token() {
        return new String[] {"authorization", "Bearer " + Rules.token()};
    }

    @Test
    void aCallWaitsForTheDecisionAndIsThenServedWhole() throws Exception {
        site.guarded();
        for (int i = 0; i < 10; i++) {
            site.rules.set(
                    Rules.snapshot(TlsMode.PERMISSIVE, Rules.tokens(i, false), Rules.deny(Rules.path("/test.Admin/"))));
            assertThat(site.call(Texts.UNARY, "x" + i, token()).message()).isEqualTo("echo x" + i);
            site.report();
            site.rules.set(Rules.snapshot(
                    TlsMode.PERMISSIVE, Rules.tokens(100 + i, false), Rules.deny(Rules.path("/test.Admin/"))));
            assertThat(site.call(Texts.ADMIN, "x", token()).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
            site.report();
        }
        assertThat(site.handlers.reached).hasSize(10).containsOnly("test.Public/Unary");
        assertThat(site.handlers.events).allMatch(event -> event.endsWith(" anonymous"));
    }

    @Test
    void whoseTokenCannotBeVerifiedIsToldHowToAuthenticate() throws Exception {
        site.guarded();
        site.rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.tokens(300, true)));

        Ended refused = site.call(Texts.UNARY, "x", token());
        assertThat(refused.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refused.trailer("www-authenticate")).startsWith("Bearer");
        assertThat(site.report().grpcStatus()).isEqualTo(16);
        assertThat(site.handlers.reached).isEmpty();
    }

    @Test
    void whatAHandlerThrowsAfterwardsIsToldToTheCaller() throws Exception {
        site.guarded();
        site.rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.tokens(400, false)));

        String[] throwing = {"authorization", "Bearer " + Rules.token(), "throw", "1"};
        assertThat(site.call(Texts.UNARY, "x", throwing).code()).isEqualTo(Status.Code.DATA_LOSS);
        assertThat(site.report().grpcStatus()).isEqualTo(15);
    }

    @Test
    void aCallerWhoLeavesMeanwhileIsReportedOnce() throws Exception {
        site.guarded();
        site.rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.tokens(500, false)));

        GuardedSite.Open open = site.begin(Texts.BIDI, CallOptions.DEFAULT, token());
        Eventually.is("begun", () -> site.mesh.inbound().active() == 1 || !site.handlers.reached.isEmpty());
        open.cancel();
        site.report();
    }

    @Test
    void aStreamThatIsLongerThanTheWindowArrivesWholeAndInOrder() throws Exception {
        site.guarded();
        site.rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.tokens(600, false)));
        String filler = "x".repeat(20_000);
        StringBuilder all = new StringBuilder("echo ");

        GuardedSite.Open open = site.begin(Texts.BIDI, CallOptions.DEFAULT, token());
        for (int i = 1000; i < 1100; i++) {
            open.send("more" + i + filler);
            all.append(i).append(' ');
        }
        assertThat(open.send("end").end().ended().message()).isEqualTo(all + "end");
        assertThat(site.report().grpcStatus()).isZero();
    }

    @Test
    void manyWhoComeAndGoAreEachReportedOnce() throws Exception {
        site.guarded();
        int calls = 0;
        for (int round = 0; round < 20; round++) {
            site.rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.tokens(700 + round, round % 3 == 0)));
            for (int i = 0; i < 20; i++) {
                GuardedSite.Open open =
                        site.begin(Texts.BIDI, CallOptions.DEFAULT, token()).send("nothing");
                if (i % 2 == 0) {
                    open.end();
                }
                open.cancel();
                calls++;
            }
        }
        // Whoever was cancelled before it left is none of the server's business.
        Eventually.is("no call", () -> site.mesh.inbound().active() == 0);
        GuardedSite.Ended last = site.call(Texts.UNARY, "x");
        assertThat(last.code()).isIn(Status.Code.OK, Status.Code.UNAUTHENTICATED);
        Eventually.is("no call", () -> site.mesh.inbound().active() == 0);
        assertThat(site.observer.inbound).hasSizeBetween(1, calls + 1);
    }
}
