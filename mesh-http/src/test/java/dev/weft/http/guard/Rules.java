package dev.weft.http.guard;

import dev.weft.config.AccessCondition;
import dev.weft.config.HeaderMatch;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.InboundStage;
import dev.weft.config.JwtProvider;
import dev.weft.config.JwtRequirement;
import dev.weft.config.JwtStage;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.PathMatch;
import dev.weft.config.Rbac;
import dev.weft.config.RbacStage;
import dev.weft.config.StringMatch;
import dev.weft.config.TlsMode;
import dev.weft.http.kit.Snapshots;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
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

    /**
     * Tokens of an issuer whose keys nobody has yet and nobody gets, as it turns out on another thread: so each decision takes its time.
     *
     * @param number another one is another issuer
     */
    public static InboundStage tokens(int number, boolean needed) {
        JwtProvider provider = new JwtProvider(
                "issuer",
                List.of(),
                null,
                null,
                Duration.ofSeconds(60),
                new JwtProvider.Keys.Remote(
                        URI.create("https://127.0.0.1/" + number),
                        "",
                        Duration.ofSeconds(5),
                        Duration.ofHours(1),
                        Duration.ofHours(1)),
                List.of(new JwtProvider.Location.Header("authorization", "Bearer ")),
                true,
                "",
                false,
                List.of(),
                "",
                "",
                "",
                List.of(),
                JwtProvider.Cache.DEFAULT);
        JwtRequirement one = new JwtRequirement.Provider("p", List.of());
        return new JwtStage(
                Map.of("p", provider),
                List.of(new JwtStage.Rule(
                        new PathMatch.Prefix("/", true),
                        needed
                                ? one
                                : new JwtRequirement.Any(List.of(one, new JwtRequirement.AllowMissingOrFailed())))),
                false,
                false);
    }

    /** A token of that issuer. */
    public static String token() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\":\"RS256\",\"kid\":\"k\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString("{\"iss\":\"issuer\",\"sub\":\"s\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(new byte[256]);
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
