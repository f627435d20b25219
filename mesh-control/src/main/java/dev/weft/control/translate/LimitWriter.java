package dev.weft.control.translate;

import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.catalog.ServicePort;
import dev.weft.control.istio.TrafficPolicy;
import dev.weft.control.istio.TrafficPolicy.ConnectionPool;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.cluster.v3.CircuitBreakers;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.Http1ProtocolOptions;
import dev.weft.proto.envoy.config.core.v3.Http2ProtocolOptions;
import dev.weft.proto.envoy.config.core.v3.HttpProtocolOptions;
import dev.weft.proto.envoy.type.v3.Percent;
import org.jspecify.annotations.Nullable;

/** Writes limits of calls and connections, and what is spoken on them. */
final class LimitWriter {
    /** Istio's "no limit". */
    private static final long UNLIMITED = 0xFFFF_FFFFL;

    private static final String PROTOCOL_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    private static final double RETRY_BUDGET_PERCENT = 20;
    private static final int RETRY_BUDGET_MINIMUM = 3;

    private LimitWriter() {}

    static CircuitBreakers breakers(TrafficPolicy traffic, Kind kind) {
        ConnectionPool pool = traffic.connectionPool();
        CircuitBreakers.Thresholds.Builder out = CircuitBreakers.Thresholds.newBuilder()
                .setMaxConnections(Words.uint32(limit(pool == null ? null : pool.maxConnections())))
                .setMaxPendingRequests(Words.uint32(limit(pool == null ? null : pool.http1MaxPendingRequests())))
                .setMaxRequests(Words.uint32(limit(pool == null ? null : pool.http2MaxRequests())))
                .setMaxRetries(Words.uint32(limit(pool == null ? null : pool.maxRetries())));
        TrafficPolicy.RetryBudget budget = traffic.retryBudget();
        if (budget != null && kind != Kind.GRPC) {
            out.setRetryBudget(CircuitBreakers.Thresholds.RetryBudget.newBuilder()
                    .setBudgetPercent(Percent.newBuilder()
                            .setValue(budget.percent() == null ? RETRY_BUDGET_PERCENT : budget.percent()))
                    .setMinRetryConcurrency(Words.uint32(
                            budget.minRetryConcurrency() == null
                                    ? RETRY_BUDGET_MINIMUM
                                    : budget.minRetryConcurrency())));
        }
        return CircuitBreakers.newBuilder().addThresholds(out).build();
    }

    /** Zero cannot be said: it means the default. */
    private static long limit(@Nullable Integer said) {
        return said == null || said <= 0 ? UNLIMITED : said;
    }

    static void writeProtocol(@Nullable ConnectionPool pool, ServicePort port, Cluster.Builder out) {
        var options = dev.weft.proto.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.newBuilder();
        HttpProtocolOptions common = common(pool);
        boolean upgrade = pool != null && "UPGRADE".equals(pool.h2UpgradePolicy());
        if (pool != null && pool.useClientProtocol()) {
            options.getUseDownstreamProtocolConfigBuilder()
                    .setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance())
                    .setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance());
        } else if (port.protocol().isHttp2() || upgrade) {
            options.getExplicitHttpConfigBuilder().setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance());
        } else if (common != null) {
            options.getExplicitHttpConfigBuilder().setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance());
        } else {
            return;
        }
        if (common != null) {
            options.setCommonHttpProtocolOptions(common);
        }
        out.putTypedExtensionProtocolOptions(PROTOCOL_OPTIONS, Words.any(options.build()));
    }

    /**
     * The server name follows the request.
     *
     * @param checked whether the server has to show that name
     */
    static void writeAutoNames(boolean checked, Cluster.Builder out) {
        var options = dev.weft.proto.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.newBuilder();
        com.google.protobuf.Any written = out.getTypedExtensionProtocolOptionsOrDefault(
                PROTOCOL_OPTIONS, com.google.protobuf.Any.getDefaultInstance());
        try {
            options.mergeFrom(written.getValue());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException("options that this class wrote cannot be read", e);
        }
        if (options.getUpstreamProtocolOptionsCase().getNumber() == 0) {
            options.getExplicitHttpConfigBuilder().setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance());
        }
        options.getUpstreamHttpProtocolOptionsBuilder().setAutoSni(true).setAutoSanValidation(checked);
        out.putTypedExtensionProtocolOptions(PROTOCOL_OPTIONS, Words.any(options.build()));
    }

    private static @Nullable HttpProtocolOptions common(@Nullable ConnectionPool pool) {
        if (pool == null) {
            return null;
        }
        HttpProtocolOptions.Builder out = HttpProtocolOptions.newBuilder();
        Integer perConnection = pool.maxRequestsPerConnection();
        if (perConnection != null && perConnection > 0) {
            out.setMaxRequestsPerConnection(Words.uint32(perConnection));
        }
        if (pool.idleTimeout() != null) {
            out.setIdleTimeout(Words.duration(pool.idleTimeout()));
        }
        HttpProtocolOptions built = out.build();
        return built.equals(HttpProtocolOptions.getDefaultInstance()) ? null : built;
    }
}
