package dev.weft.benchmarks;

import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.SnapshotSource;
import dev.weft.engine.Abilities;
import dev.weft.engine.Adapter;
import dev.weft.engine.Attempt;
import dev.weft.engine.Exchange;
import dev.weft.engine.ExchangeOptions;
import dev.weft.engine.OutboundEngine;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
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
 * What the mesh adds to a call before any byte moves: begin, route, limits, pick, the head to send, record. From the request
 * head to the closed attempt, with a route timeout, Istio's default retry policy and outlier detection in force, and an adapter
 * without a network.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecisionPath {
    /** A service calls a handful of others, however many there are. */
    private static final int CALLED = 10;

    private static final Abilities ABILITIES = new Abilities(true, true, true, true, true);
    private static final ResponseHead OK =
            new ResponseHead(200, Headers.of("content-type", "application/json", "content-length", "178"));
    private static final Attempt.Closed END = new Attempt.Closed(0, 178, true, null);

    /** Virtual hosts, and endpoints of the cluster. */
    @Param({"10", "1000", "10000"})
    public int size;

    @Param({"LEAST_REQUEST", "ROUND_ROBIN", "RING_HASH"})
    public String policy;

    private OutboundEngine engine;
    private RequestHead[] heads;

    @Setup
    public void configure() {
        engine = new OutboundEngine(World.system(), new MeshObserver() {});
        engine.follow(SnapshotSource.of(Meshes.of(size, size, policy())));
        heads = new RequestHead[size];
        for (int i = 0; i < size; i++) {
            heads[i] = new RequestHead(
                    "GET",
                    "http",
                    Meshes.service(i) + ":9080",
                    "/reviews/" + i,
                    Headers.of(
                            "accept", "application/json",
                            "user-agent", "benchmark",
                            "end-user", "jason",
                            "x-request-id", "2f1ac3c8-5d3c-4a6e-9d0f-0a2b6c7d8e9f"));
        }
    }

    private LoadBalancingPolicy policy() {
        return switch (policy) {
            case "LEAST_REQUEST" -> new LoadBalancingPolicy.LeastRequest(2, 1, null);
            case "ROUND_ROBIN" -> new LoadBalancingPolicy.RoundRobin(null);
            default -> new LoadBalancingPolicy.RingHash(1024, 8_388_608, false);
        };
    }

    /** The whole path, to ten of the services. */
    @Benchmark
    public Object call(Caller caller) {
        return caller.run(engine, heads[caller.next(CALLED)], true);
    }

    /** The same, but the calls go round all the services: what the processor's caches lose is in it. */
    @Benchmark
    public Object callToAnyService(Caller caller) {
        return caller.run(engine, heads[caller.next(size)], true);
    }

    /** Without making the head to send. */
    @Benchmark
    public Object callWithoutHead(Caller caller) {
        return caller.run(engine, heads[caller.next(CALLED)], false);
    }

    /** Makes calls one after the other, and is their adapter: reports what a pooled connection would, after the send. */
    @State(Scope.Thread)
    public static class Caller implements Adapter {
        private int next;
        private Attempt sent;
        private Attempt delivered;

        int next(int of) {
            next = next + 1 < of ? next + 1 : 0;
            return next;
        }

        Object run(OutboundEngine engine, RequestHead request, boolean makesHead) {
            Exchange exchange = engine.exchange(request, ExchangeOptions.NONE, ABILITIES, this);
            exchange.start();
            Object head = makesHead ? sent.head() : request;
            sent.connected(true);
            sent.headers(OK, false);
            sent.closed(END);
            if (delivered != sent) {
                throw new IllegalStateException("not delivered");
            }
            return head;
        }

        @Override
        public void send(Attempt attempt) {
            sent = attempt;
        }

        @Override
        public void cancel(Attempt attempt) {}

        @Override
        public void wakeAt(long nanos) {}

        @Override
        public void reply(LocalReply reply) {
            throw new IllegalStateException(reply.reason());
        }

        @Override
        public void deliver(Attempt attempt) {
            delivered = attempt;
        }
    }
}
