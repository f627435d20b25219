package dev.weft.grpc.link;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.config.Endpoint;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.UpstreamTls;
import dev.weft.engine.Attempt;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import dev.weft.upstream.Host;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt as a picker sees it. */
record FakeAttempt(Host host, @Nullable UpstreamTls tls) implements Attempt {
    static final UpstreamTls MUTUAL =
            new UpstreamTls(UpstreamTls.Mode.ISTIO_MUTUAL, "outbound_.9080_._.reviews", List.of(), List.of());
    static final UpstreamTls SIMPLE = new UpstreamTls(UpstreamTls.Mode.SIMPLE, "", List.of(), List.of());

    static Host host(String address) {
        return new Host("reviews", Endpoint.of(address, 80));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public Cluster cluster() {
        return new Cluster(
                "reviews",
                Cluster.Discovery.EDS,
                "reviews",
                new LoadBalancingPolicy.RoundRobin(null),
                false,
                50,
                Duration.ofSeconds(5),
                CircuitBreakers.NONE,
                null,
                Cluster.Protocol.HTTP2,
                0,
                null,
                null,
                null,
                new Cluster.ServiceRef("reviews", "reviews", "default", "", 9080));
    }

    @Override
    public Kind kind() {
        return Kind.PRIMARY;
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public RequestHead head() {
        throw new AssertionError("heads are made once, right before they are sent");
    }

    @Override
    public long deadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public ResponseHead responseHead() {
        throw new AssertionError();
    }

    @Override
    public void connected(boolean reused) {
        throw new AssertionError();
    }

    @Override
    public void requestSent() {
        throw new AssertionError();
    }

    @Override
    public void headers(ResponseHead head, boolean endOfStream) {
        throw new AssertionError();
    }

    @Override
    public void failed(Failure failure, @Nullable Throwable cause) {
        throw new AssertionError();
    }

    @Override
    public void closed(Closed summary) {
        throw new AssertionError();
    }
}
