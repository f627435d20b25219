package dev.weft.http.guard;

import dev.weft.config.AccessCondition;
import dev.weft.config.HeaderMatch;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.InboundStage;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Rbac;
import dev.weft.config.RbacStage;
import dev.weft.config.StringMatch;
import dev.weft.config.TlsMode;
import dev.weft.http.kit.Snapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Inbound policies as the tests need them. */
public final class Rules {
    private Rules() {}

    public static MeshSnapshot snapshot(TlsMode mode, InboundStage... stages) {
        return snapshot(new InboundPolicy(Map.of(), new PortPolicy(mode).with(List.of(stages))));
    }

    public static MeshSnapshot snapshot(InboundPolicy policy) {
        MeshSnapshot outbound = Snapshots.reviews().at();
        return new MeshSnapshot(
                "rules",
                outbound.ports(),
                outbound.clusters(),
                outbound.endpoints(),
                outbound.source(),
                outbound.acceptedMillis(),
                policy);
    }

    public static InboundStage deny(AccessCondition... permissions) {
        return stage(Rbac.Action.DENY, permissions);
    }

    public static InboundStage allow(AccessCondition... permissions) {
        return stage(Rbac.Action.ALLOW, permissions);
    }

    private static InboundStage stage(Rbac.Action action, AccessCondition... permissions) {
        Rbac.Policy policy = new Rbac.Policy(List.of(permissions), List.of(new AccessCondition.Any()));
        return new RbacStage(new Rbac(action, new TreeMap<>(Map.of("p", policy))), null, "");
    }

    public static AccessCondition path(String prefix) {
        return new AccessCondition.Path(new StringMatch.Prefix(prefix, false));
    }

    public static AccessCondition exactly(String path) {
        return new AccessCondition.Path(new StringMatch.Exact(path, false));
    }

    public static AccessCondition header(String name, String value) {
        return new AccessCondition.Header(new HeaderMatch(
                name, new HeaderMatch.Value(new StringMatch.Exact(value, name.equals(":authority"))), false, false));
    }
}
