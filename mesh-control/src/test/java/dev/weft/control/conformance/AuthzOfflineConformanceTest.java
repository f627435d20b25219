package dev.weft.control.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.weft.authz.Stage;
import dev.weft.authz.StageFactory;
import dev.weft.authz.jwt.JwtFilter;
import dev.weft.config.ConfigProblem;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.JwtStage;
import dev.weft.config.MeshSnapshot;
import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.registry.GracePeriods;
import dev.weft.control.registry.Registry;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.store.ConfigStore;
import dev.weft.control.translate.Translator;
import dev.weft.engine.InboundEngine;
import dev.weft.engine.InboundExchange;
import dev.weft.engine.Peer;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SpiffeId;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import dev.weft.xds.SnapshotAssembler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The shared authorization cases from YAML to decision, without a socket: translation, the client's readers, the engine. */
class AuthzOfflineConformanceTest {
    private static final InetSocketAddress CALLER = new InetSocketAddress("127.0.0.1", 40_000);
    private static final InetSocketAddress WORKLOAD = new InetSocketAddress("127.0.1.1", 30_000);

    @Test
    void theEngineDecidesAsEnvoyDid() throws Exception {
        List<AuthzCases> groups = AuthzCases.all();
        assumeFalse(groups.isEmpty(), "the shared conformance data is not beside the project");
        Tally tally = new Tally();
        for (AuthzCases group : groups) {
            InboundEngine engine = engine(group);
            for (AuthzCases.Case one : group.cases()) {
                tally.add(group.group(), one.id(), one.differences(outcome(engine, group, one)));
            }
        }
        tally.print("Authorization conformance, offline");
        assertThat(tally.misses()).isEmpty();
    }

    private static InboundEngine engine(AuthzCases group) throws IOException {
        ConfigSnapshot config = group.config();
        Registry registry = new Registry(World.system(), GracePeriods.DEFAULT);
        try (Translator translator = new Translator(ConfigStore.of(config.config(), config.mesh()), registry)) {
            Resource listener =
                    Objects.requireNonNull(translator.view(group.node()).resource(ResourceType.LISTENER, "inbound"));
            SnapshotAssembler assembler = new SnapshotAssembler();
            List<ConfigProblem> problems = assembler.put(
                    ResourceType.LISTENER.typeUrl(),
                    listener.name(),
                    listener.body().getValue().toByteArray());
            assertThat(problems).as(group.group()).isEmpty();
            InboundEngine engine = new InboundEngine(World.system(), new MeshObserver() {}, new Stages());
            engine.apply(assembler.assemble("1", MeshSnapshot.Source.STREAM, 0));
            return engine;
        }
    }

    private static AuthzOutcome outcome(InboundEngine engine, AuthzCases group, AuthzCases.Case one) {
        String identity = one.identity();
        if (engine.refusesConnection(group.port(), identity != null) != null) {
            return AuthzOutcome.refusedConnection();
        }
        Peer peer = new Peer(
                identity == null ? PeerIdentity.ANONYMOUS : PeerIdentity.of(SpiffeId.parse(identity)),
                CALLER,
                WORKLOAD,
                group.port(),
                identity != null,
                "");
        RequestHead head = new RequestHead(
                one.method(), identity == null ? "http" : "https", one.host(), one.path(), one.headers(), group.port());
        InboundExchange exchange = engine.begin(head, peer);
        LocalReply reply = exchange.decide().toCompletableFuture().join();
        return reply == null
                ? new AuthzOutcome(
                        false, 200, "", Headers.EMPTY, exchange.head().headers())
                : new AuthzOutcome(false, reply.status(), reply.body(), reply.headers(), null);
    }

    /** All keys are written in the policies, and nobody else is asked. */
    private static final class Stages implements StageFactory {
        @Override
        public Stage jwt(JwtStage said) {
            return JwtFilter.of(
                    said,
                    where -> {
                        throw new IllegalArgumentException("no keys behind URLs were expected: " + where);
                    },
                    World.system().ticker());
        }

        @Override
        public Stage external(ExternalAuthorizationStage said) {
            return StageFactory.NONE.external(said);
        }
    }
}
