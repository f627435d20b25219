package dev.weft.control.explain;

import com.google.protobuf.Struct;
import dev.weft.authz.MetadataTest;
import dev.weft.authz.Stage;
import dev.weft.authz.StageFactory;
import dev.weft.authz.jwt.JwtFilter;
import dev.weft.config.Encryption;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.JwtStage;
import dev.weft.config.Locality;
import dev.weft.config.MeshSnapshot;
import dev.weft.control.ads.ClientNode;
import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.catalog.Catalog;
import dev.weft.control.catalog.Service;
import dev.weft.control.catalog.ServicePort;
import dev.weft.control.catalog.Workload;
import dev.weft.control.istio.PeerAuthentication.Mode;
import dev.weft.control.registry.Health;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import dev.weft.control.translate.Translator;
import dev.weft.engine.InboundEngine;
import dev.weft.engine.InboundExchange;
import dev.weft.engine.Peer;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SpiffeId;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.runtime.Ticker;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import dev.weft.xds.SnapshotAssembler;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What servers would say to a request that reaches them: their own policy, translated for them and judged by the engine that runs
 * inside them.
 */
final class Arrivals {
    private static final String OUTBOUND = "outbound";

    private final Catalog catalog;
    private final Translator translator;
    private final Asker asker;

    Arrivals(Catalog catalog, Translator translator, Asker asker) {
        this.catalog = catalog;
        this.translator = translator;
        this.asker = asker;
    }

    /** @param mutualTls whether the caller has an identity that counts there */
    private record Target(String service, Workload workload, int port, Mode mode, boolean mutualTls) {}

    /**
     * At the workloads behind a cluster, each different verdict once.
     *
     * @param snapshot what the caller knows
     * @param head as the server sees it
     */
    List<Explained.ServerShown> at(String cluster, MeshSnapshot snapshot, RequestHead head) {
        String[] parts = cluster.split("\\|", -1);
        Service service = parts.length == 4 && parts[0].equals(OUTBOUND)
                ? catalog.services().visible(parts[3], asker.namespace())
                : null;
        ServicePort port = service == null ? null : service.port(Integer.parseInt(parts[1]));
        if (service == null || port == null || service.external()) {
            return List.of();
        }
        boolean mutualTls = encrypted(cluster, snapshot);
        Set<Explained.ServerShown> shown = new LinkedHashSet<>();
        for (Workload workload : catalog.workloads().of(service)) {
            String namespace = workload.namespace().isEmpty() ? service.namespace() : workload.namespace();
            Mode mode = catalog.security().peers(namespace, workload.labels()).mode(workload.policyPort(port));
            shown.add(judged(
                    new Target(service.host(), workload, workload.policyPort(port), mode, mutualTls), namespace, head));
        }
        return List.copyOf(shown);
    }

    private static boolean encrypted(String cluster, MeshSnapshot snapshot) {
        var known = snapshot.clusters().get(cluster);
        if (known == null) {
            return false;
        }
        var endpoints = snapshot.endpoints().get(known.edsName());
        return known.tls() != null
                || known.autoTls() != null
                        && endpoints != null
                        && endpoints.localities().stream()
                                .flatMap(place -> place.endpoints().stream())
                                .anyMatch(endpoint ->
                                        "istio".equals(endpoint.metadata().get("tlsMode")));
    }

    private Explained.ServerShown judged(Target target, String namespace, RequestHead head) {
        Stages stages = new Stages();
        InboundEngine engine = new InboundEngine(World.system(), new MeshObserver() {}, stages);
        engine.apply(policy(target, namespace));
        String connection =
                target.mode.name() + (target.mutualTls ? ", called by mutual TLS" : ", called in plaintext");
        String closed = engine.refusesConnection(target.port, target.mutualTls);
        if (closed != null) {
            return new Explained.ServerShown(target.service, connection, false, 0, closed, stages.asked);
        }
        InboundExchange exchange =
                engine.begin(head, new Peer(identity(target), null, null, target.port, target.mutualTls, ""));
        LocalReply reply = exchange.decide().toCompletableFuture().join();
        return reply == null
                ? new Explained.ServerShown(target.service, connection, true, 0, null, stages.asked)
                : new Explained.ServerShown(
                        target.service, connection, false, reply.status(), reply.reason(), stages.asked);
    }

    private PeerIdentity identity(Target target) {
        return target.mutualTls
                ? PeerIdentity.of(
                        SpiffeId.of(catalog.mesh().trustDomain(), asker.namespace(), asker.accountOrDefault()))
                : PeerIdentity.ANONYMOUS;
    }

    private MeshSnapshot policy(Target target, String namespace) {
        Workload workload = target.workload;
        Registration registration = new Registration(
                "explained",
                1,
                namespace,
                "explained",
                workload.serviceAccount(),
                workload.labels(),
                Locality.NONE,
                List.of(new InstancePort("http", "HTTP", target.port, "192.0.2.1", target.port, Encryption.BOTH)),
                Health.HEALTHY);
        ClientNode node = new ClientNode(
                "explained",
                ClientNode.Kind.WEFT,
                "",
                "",
                namespace,
                workload.serviceAccount(),
                workload.labels(),
                Locality.NONE,
                registration,
                Struct.getDefaultInstance());
        SnapshotAssembler assembler = new SnapshotAssembler();
        Resource listener = translator.view(node).resource(ResourceType.LISTENER, "inbound");
        if (listener != null) {
            assembler.put(
                    listener.body().getTypeUrl(),
                    listener.name(),
                    listener.body().getValue().toByteArray());
        }
        return assembler.assemble("offline", MeshSnapshot.Source.STATIC, 0);
    }

    /** Tokens are verified; who would have to be asked about the request is only noted. */
    private static final class Stages implements StageFactory {
        private boolean asked;

        @Override
        public Stage jwt(JwtStage said) {
            return JwtFilter.of(
                    said,
                    where -> {
                        throw new IllegalStateException("keys come with the policy");
                    },
                    Ticker.system());
        }

        @Override
        public Stage external(ExternalAuthorizationStage said) {
            var condition = said.when() == null ? null : MetadataTest.of(said.when());
            return arrival -> {
                asked |= condition == null || condition.test(arrival);
                return Stage.PASS;
            };
        }
    }
}
