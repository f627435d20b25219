package dev.weft.benchmarks;

import dev.weft.config.AccessCondition;
import dev.weft.config.HeaderMatch;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Rbac;
import dev.weft.config.RbacStage;
import dev.weft.config.StringMatch;
import dev.weft.config.TlsMode;
import dev.weft.engine.InboundEngine;
import dev.weft.engine.InboundExchange;
import dev.weft.engine.Peer;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SpiffeId;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to judge a request that arrives: from its head to the decision and the end of its books, with the path normalised, the
 * caller's connection checked, and as many DENY as ALLOW policies in force, in the shape in which istiod writes them. The request
 * is let in by the last policy, so that nothing is found early.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Authorization {
    /** Policies in all, half of them DENY. */
    @Param({"2", "100", "1000"})
    public int policies;

    /**
     * What they ask for: the exact identity of a caller, a method and paths; or the namespace of a caller, which is a regular
     * expression in xDS, and paths; or the end of a path and a header, by which no index can tell them apart.
     */
    @Param({"PRINCIPALS", "NAMESPACES", "SUFFIXES"})
    public String ask;

    private InboundEngine engine;
    private RequestHead head;
    private Peer peer;

    @Setup
    public void configure() {
        int half = policies / 2;
        TreeMap<String, Rbac.Policy> deny = new TreeMap<>();
        TreeMap<String, Rbac.Policy> allow = new TreeMap<>();
        for (int i = 0; i < half; i++) {
            deny.put(String.format("ns[default]-policy[deny-%04d]-rule[0]", i), policy(i + half, i));
            allow.put(String.format("ns[default]-policy[allow-%04d]-rule[0]", i), policy(i, i));
        }
        PortPolicy port = new PortPolicy(TlsMode.STRICT)
                .with(List.of(
                        new RbacStage(new Rbac(Rbac.Action.DENY, deny), null, ""),
                        new RbacStage(new Rbac(Rbac.Action.ALLOW, allow), null, "")));
        engine = new InboundEngine(World.system(), new MeshObserver() {});
        engine.apply(new MeshSnapshot(
                "1", Map.of(), Map.of(), Map.of(), MeshSnapshot.Source.STATIC, 0, new InboundPolicy(Map.of(), port)));
        int last = half - 1;
        head = new RequestHead(
                "GET",
                "http",
                "reviews:9080",
                "/api/v" + last + "/reviews/1?full=true",
                Headers.of(
                        "accept", "application/json",
                        "user-agent", "benchmark",
                        "x-team", "team-" + last,
                        "x-request-id", "2f1ac3c8-5d3c-4a6e-9d0f-0a2b6c7d8e9f"));
        peer = new Peer(
                PeerIdentity.of(SpiffeId.of("cluster.local", "ns-" + last, "caller-" + last)),
                null,
                null,
                9080,
                true,
                "");
        InboundExchange proof = engine.begin(head, peer);
        if (proof.decide().toCompletableFuture().join() != null) {
            throw new IllegalStateException("the request is to be let in");
        }
        proof.finished(200);
    }

    private Rbac.Policy policy(int path, int caller) {
        return switch (ask) {
            case "PRINCIPALS" ->
                new Rbac.Policy(
                        List.of(all(method("GET"), prefix("/api/v" + path + "/"))),
                        List.of(all(principal(new StringMatch.Exact(
                                "spiffe://cluster.local/ns/ns-" + caller + "/sa/caller-" + caller, false)))));
            case "NAMESPACES" ->
                new Rbac.Policy(
                        List.of(all(prefix("/api/v" + path + "/"))),
                        List.of(all(principal(new StringMatch.Regex(".*/ns/ns-" + caller + "/.*")))));
            default ->
                new Rbac.Policy(
                        List.of(all(
                                new AccessCondition.Path(new StringMatch.Suffix("v" + path + "/reviews/1", false)))),
                        List.of(all(header("x-team", "team-" + caller))));
        };
    }

    /** As istiod nests conditions. */
    private static AccessCondition all(AccessCondition... conditions) {
        return new AccessCondition.All(java.util.Arrays.stream(conditions)
                .<AccessCondition>map(condition -> new AccessCondition.OneOf(List.of(condition)))
                .toList());
    }

    private static AccessCondition method(String name) {
        return header(":method", name);
    }

    private static AccessCondition header(String name, String value) {
        return new AccessCondition.Header(
                new HeaderMatch(name, new HeaderMatch.Value(new StringMatch.Exact(value, false)), false, false));
    }

    private static AccessCondition prefix(String prefix) {
        return new AccessCondition.Path(new StringMatch.Prefix(prefix, false));
    }

    private static AccessCondition principal(StringMatch name) {
        return new AccessCondition.Authenticated(name);
    }

    @Benchmark
    public Object decide() {
        InboundExchange exchange = engine.begin(head, peer);
        Object decision = exchange.decide();
        exchange.finished(200);
        return decision;
    }
}
