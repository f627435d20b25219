package dev.weft.engine;

import dev.weft.authz.RbacRules;
import dev.weft.authz.Stage;
import dev.weft.authz.StageFactory;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundStage;
import dev.weft.config.JwtStage;
import dev.weft.config.RbacStage;
import dev.weft.config.TlsMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An {@link InboundPolicy} made ready. Immutable; stages that are said again unchanged are those of before, caches and all. */
final class InboundGate {
    /** Before anybody has said anything. */
    static final InboundGate UNCONFIGURED = new InboundGate(
            InboundPolicy.refusing(
                    "no policy for requests that arrive has come yet, and who may call is for the control plane to say"),
            Map.of());

    private final InboundPolicy policy;
    private final Map<InboundStage, Stage> stages;
    private final Map<Integer, Port> ports = new HashMap<>();
    private final Port others;

    private InboundGate(InboundPolicy policy, Map<InboundStage, Stage> stages) {
        this.policy = policy;
        this.stages = stages;
        policy.ports().forEach((number, port) -> ports.put(number, port(port)));
        others = port(policy.others());
    }

    private Port port(InboundPolicy.PortPolicy said) {
        List<Stage> compiled = said.stages().stream().map(stages::get).toList();
        return new Port(said, compiled.toArray(Stage[]::new));
    }

    /**
     * What holds for one port.
     *
     * @param stages in the order in which they judge
     */
    record Port(InboundPolicy.PortPolicy said, Stage[] stages) {}

    /** @param previous whose stages are kept where they are said again, or null */
    static InboundGate compile(InboundPolicy policy, @Nullable InboundGate previous, StageFactory factory) {
        Map<InboundStage, Stage> known = previous == null ? Map.of() : previous.stages;
        Map<InboundStage, Stage> stages = new HashMap<>();
        compile(policy.others(), known, stages, factory);
        policy.ports().values().forEach(port -> compile(port, known, stages, factory));
        known.forEach((said, stage) -> {
            if (!stages.containsKey(said)) {
                stage.retire();
            }
        });
        return new InboundGate(policy, stages);
    }

    private static void compile(
            InboundPolicy.PortPolicy port,
            Map<InboundStage, Stage> known,
            Map<InboundStage, Stage> stages,
            StageFactory factory) {
        for (InboundStage said : port.stages()) {
            Stage before = known.get(said);
            stages.computeIfAbsent(said, stage -> before != null ? before : compile(stage, factory));
        }
    }

    private static Stage compile(InboundStage said, StageFactory factory) {
        if (said instanceof RbacStage rbac) {
            return RbacRules.compile(rbac);
        }
        if (said instanceof JwtStage jwt) {
            return factory.jwt(jwt);
        }
        return factory.external((ExternalAuthorizationStage) said);
    }

    /** What this was made of. */
    InboundPolicy policy() {
        return policy;
    }

    /** Why nobody is let in, or null. */
    @Nullable
    String refusal() {
        return policy.refusal();
    }

    Port port(int servicePort) {
        Port own = ports.get(servicePort);
        return own == null ? others : own;
    }

    /** Why a connection of this kind is not taken, or null. */
    @Nullable
    String refusesConnection(int servicePort, boolean encrypted) {
        String refusal = refusal();
        if (refusal != null) {
            return refusal;
        }
        TlsMode tls = port(servicePort).said.tls();
        if (tls == TlsMode.STRICT && !encrypted) {
            return "port " + servicePort + " is STRICT: plaintext is refused, mutual TLS was expected";
        }
        if (tls == TlsMode.DISABLE && encrypted) {
            return "port " + servicePort + " has mutual TLS switched off (DISABLE): plaintext was expected";
        }
        return null;
    }
}
