package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.authz.Arrival;
import dev.weft.authz.Stage;
import dev.weft.authz.StageFactory;
import dev.weft.config.AccessCondition;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.HeaderMatch;
import dev.weft.config.HeaderOps;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.HeadRules;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.InboundStage;
import dev.weft.config.JwtStage;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Rbac;
import dev.weft.config.RbacStage;
import dev.weft.config.StringMatch;
import dev.weft.config.TlsMode;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SpiffeId;
import dev.weft.request.LocalReply;
import dev.weft.request.ResponseFlag;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A policy in force: which connections, which callers, which stages, and what the log and the caller hear. */
final class InboundPolicyTest {
    private static final Peer PRODUCTPAGE = peer("cluster.local", "productpage");
    private static final Peer PLAINTEXT = new Peer(PeerIdentity.ANONYMOUS, null, null, 9080, false, "");

    private final List<MeshObserver.InboundSummary> over = new ArrayList<>();
    private final ScriptedStages stages = new ScriptedStages();
    private final InboundEngine engine = new InboundEngine(
            World.manual().world(),
            new MeshObserver() {
                @Override
                public InboundObserver inbound(dev.weft.request.RequestHead head) {
                    return new InboundObserver() {
                        @Override
                        public void finished(InboundSummary summary) {
                            over.add(summary);
                        }
                    };
                }
            },
            stages);

    @Test
    void nobodyIsLetInBeforeAPolicyIsHere() {
        LocalReply reply = decide(PRODUCTPAGE);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.flags()).containsExactly(ResponseFlag.NC);
        assertThat(engine.refusesConnection(9080, true)).contains("no policy for requests that arrive has come yet");
    }

    @Test
    void aConfigurationByHandThatSaysNothingLetsEverybodyIn() {
        engine.apply(snapshot(null));

        assertThat(decide(PLAINTEXT)).isNull();
        assertThat(engine.refusesConnection(9080, false)).isNull();
    }

    @Test
    void aPolicyThatIsNotUnderstoodLetsNobodyInAndKeepsItsReasonFromTheCaller() {
        apply(InboundPolicy.refusing("Listener inbound: x = 1: absent"));
        LocalReply reply = decide(PRODUCTPAGE);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.reason()).contains("Listener inbound");
        assertThat(reply.body() + reply.headers()).doesNotContain("Listener");
    }

    @Test
    void theModeOfAPortDecidesAboutConnections() {
        apply(new InboundPolicy(
                Map.of(1, new PortPolicy(TlsMode.PERMISSIVE), 2, new PortPolicy(TlsMode.DISABLE)),
                new PortPolicy(TlsMode.STRICT)));

        assertThat(engine.refusesConnection(9080, false))
                .isEqualTo("port 9080 is STRICT: plaintext is refused, mutual TLS was expected");
        assertThat(engine.refusesConnection(9080, true)).isNull();
        assertThat(engine.refusesConnection(1, false)).isNull();
        assertThat(engine.refusesConnection(1, true)).isNull();
        assertThat(engine.refusesConnection(2, false)).isNull();
        assertThat(engine.refusesConnection(2, true)).contains("DISABLE");
    }

    /** Servers that do not see their connections ask only here. */
    @Test
    void plaintextToAStrictPortIsRefusedAsARequestToo() {
        apply(strict());

        LocalReply reply = decide(PLAINTEXT);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("RBAC: access denied");
        assertThat(decide(PRODUCTPAGE)).isNull();
    }

    @Test
    void tlsWithoutACertificateOfTheMeshIsNoIdentity() {
        apply(strict());
        Peer nameless = new Peer(PeerIdentity.ANONYMOUS, null, null, 9080, true, "");

        assertThat(decide(nameless).reason()).contains("showed no certificate of the mesh");
    }

    @Test
    void callersOfOtherTrustDomainsAreRefused() {
        apply(new InboundPolicy(
                Map.of(),
                new PortPolicy(TlsMode.STRICT, List.of("spiffe://cluster.local/"), HeadRules.ISTIO, List.of())));

        assertThat(decide(PRODUCTPAGE)).isNull();
        assertThat(decide(peer("cluster.local.evil.com", "productpage")).reason())
                .contains("is of none of [spiffe://cluster.local/]");
    }

    @Test
    void theFirstStageThatRefusesDecides() {
        apply(PortPolicy.CLOSED.with(List.of(rules(Rbac.Action.DENY, "DELETE"), rules(Rbac.Action.ALLOW, "GET"))));

        assertThat(decide(PRODUCTPAGE, "GET")).isNull();
        assertThat(decide(PRODUCTPAGE, "DELETE").reason()).isEqualTo("denied by p");
        assertThat(decide(PRODUCTPAGE, "PUT").reason()).contains("no ALLOW policy of 1");
    }

    @Test
    void theLogHearsWhoCalledWhyItWasRefusedAndByWhichPolicyItWasLetIn() {
        apply(PortPolicy.CLOSED.with(List.of(rules(Rbac.Action.DENY, "DELETE"), rules(Rbac.Action.ALLOW, "GET"))));

        InboundExchange denied = engine.begin(Calls.head("DELETE", "http://reviews:9080/1"), PRODUCTPAGE);
        decide(denied);
        denied.finished(403);
        InboundExchange allowed = engine.begin(Calls.head("GET", "http://reviews:9080/1"), PRODUCTPAGE);
        decide(allowed);
        allowed.finished(200);

        assertThat(over.get(0).reason()).isEqualTo("denied by p");
        assertThat(over.get(0).caller().getName()).isEqualTo("spiffe://cluster.local/ns/default/sa/productpage");
        assertThat(over.get(1).reason()).isNull();
        assertThat(over.get(1).notes()).containsExactly("allowed by p");
    }

    @Test
    void grpcCallersHearARefusalAsAStatusAndNoReason() {
        apply(strict());
        InboundExchange exchange = engine.begin(
                Calls.head("POST", "http://reviews:9080/r.Reviews/Get", "content-type", "application/grpc+proto"),
                PLAINTEXT);
        LocalReply reply = decide(exchange);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().first("grpc-status")).isEqualTo("7");
        assertThat(reply.headers().first("grpc-message")).isEqualTo("RBAC: access denied");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void withoutWhoVerifiesTokensAPolicyThatWantsItLetsNobodyIn() {
        InboundEngine alone = new InboundEngine(World.manual().world(), new MeshObserver() {});
        alone.apply(
                snapshot(new InboundPolicy(Map.of(), new PortPolicy(TlsMode.STRICT).with(List.of(stages.jwtStage())))));

        InboundExchange exchange = alone.begin(Calls.head("GET", "http://reviews:9080/"), PRODUCTPAGE);
        assertThat(decide(exchange).status()).isEqualTo(403);
    }

    @Test
    void aStageThatAsksSomebodyIsWaitedForAndTheNextGoesOnFromThere() {
        apply(PortPolicy.CLOSED.with(List.of(stages.jwtStage(), rules(Rbac.Action.ALLOW, "GET"))));
        CompletableFuture<LocalReply> answer = new CompletableFuture<>();
        stages.next = arrival -> answer;

        InboundExchange exchange = engine.begin(Calls.head("GET", "http://reviews:9080/"), PRODUCTPAGE);
        CompletableFuture<LocalReply> decision = exchange.decide().toCompletableFuture();
        assertThat(decision).isNotDone();
        answer.complete(null);
        assertThat(decision).isCompletedWithValue(null);
    }

    @Test
    void aStageThatFailsLetsNobodyIn() {
        apply(PortPolicy.CLOSED.with(List.of(stages.jwtStage())));
        for (Stage broken : List.<Stage>of(
                arrival -> CompletableFuture.failedFuture(new IllegalStateException("no answer")), arrival -> {
                    throw new IllegalStateException("no answer");
                })) {
            stages.next = broken;
            LocalReply reply = decide(PRODUCTPAGE);
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.reason()).contains("no answer");
            assertThat(reply.body()).doesNotContain("no answer");
        }
    }

    @Test
    void aStageMayProveMoreAndChangeHeadAndAnswer() {
        apply(PortPolicy.CLOSED.with(List.of(stages.jwtStage())));
        HeaderOps answer =
                new HeaderOps(List.of(new HeaderOps.Setting("x-seen", "yes", HeaderOps.Action.OVERWRITE)), List.of());
        stages.next = arrival -> {
            arrival.caller(arrival.caller().withJwt("issuer/subject", Map.of()));
            arrival.head(arrival.head()
                    .withHeaders(arrival.head().headers().toBuilder()
                            .remove("authorization")
                            .build()));
            arrival.changeResponse(answer);
            return Stage.PASS;
        };
        InboundExchange exchange =
                engine.begin(Calls.head("GET", "http://reviews:9080/", "authorization", "Bearer x"), PRODUCTPAGE);
        decide(exchange);

        assertThat(exchange.head().headers().contains("authorization")).isFalse();
        assertThat(exchange.caller()).isEqualTo(PRODUCTPAGE.identity().withJwt("issuer/subject", Map.of()));
        assertThat(exchange.responseHeaders()).isEqualTo(answer);
    }

    @Test
    void aStageThatIsSaidAgainIsKeptAndOneThatIsNotRetires() {
        apply(PortPolicy.CLOSED.with(List.of(stages.jwtStage())));
        apply(PortPolicy.CLOSED.with(List.of(stages.jwtStage(), rules(Rbac.Action.ALLOW, "GET"))));
        assertThat(stages.made).isOne();
        assertThat(stages.retired).isZero();

        apply(PortPolicy.CLOSED.with(List.of(rules(Rbac.Action.ALLOW, "GET"))));
        assertThat(stages.retired).isOne();
    }

    @Test
    void aRequestThatHasBegunIsJudgedByThePolicyOfThen() {
        apply(PortPolicy.CLOSED.with(List.of(rules(Rbac.Action.ALLOW, "GET"))));
        InboundExchange exchange = engine.begin(Calls.head("GET", "http://reviews:9080/"), PRODUCTPAGE);
        apply(PortPolicy.CLOSED);

        assertThat(decide(exchange)).isNull();
    }

    /** Makes one kind of stage, which does what the test says. */
    private static final class ScriptedStages implements StageFactory {
        Stage next = arrival -> Stage.PASS;
        int made;
        int retired;

        InboundStage jwtStage() {
            return STAGE;
        }

        private static final InboundStage STAGE = new JwtStage(Map.of(), List.of(), false, false);

        @Override
        public Stage jwt(JwtStage said) {
            made++;
            return new Stage() {
                @Override
                public CompletionStage<LocalReply> judge(Arrival arrival) {
                    return next.judge(arrival);
                }

                @Override
                public void retire() {
                    retired++;
                }
            };
        }

        @Override
        public Stage external(ExternalAuthorizationStage said) {
            throw new AssertionError("not said");
        }
    }

    private static InboundPolicy strict() {
        return new InboundPolicy(Map.of(), new PortPolicy(TlsMode.STRICT));
    }

    private static RbacStage rules(Rbac.Action action, String method) {
        AccessCondition wanted = new AccessCondition.Header(
                new HeaderMatch(":method", new HeaderMatch.Value(new StringMatch.Exact(method, false)), false, false));
        Rbac.Policy policy = new Rbac.Policy(List.of(wanted), List.of(new AccessCondition.Any()));
        return new RbacStage(new Rbac(action, new TreeMap<>(Map.of("p", policy))), null, "");
    }

    private void apply(PortPolicy port) {
        apply(new InboundPolicy(Map.of(), port));
    }

    private void apply(InboundPolicy policy) {
        engine.apply(snapshot(policy));
    }

    private static MeshSnapshot snapshot(InboundPolicy policy) {
        return new MeshSnapshot("1", Map.of(), Map.of(), Map.of(), MeshSnapshot.Source.STATIC, 0, policy);
    }

    private LocalReply decide(Peer peer) {
        return decide(peer, "GET");
    }

    private LocalReply decide(Peer peer, String method) {
        return decide(engine.begin(Calls.head(method, "http://reviews:9080/1"), peer));
    }

    private static LocalReply decide(InboundExchange exchange) {
        return exchange.decide().toCompletableFuture().join();
    }

    private static Peer peer(String trustDomain, String account) {
        return new Peer(PeerIdentity.of(SpiffeId.of(trustDomain, "default", account)), null, null, 9080, true, "");
    }
}
