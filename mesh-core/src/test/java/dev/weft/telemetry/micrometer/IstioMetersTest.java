package dev.weft.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Endpoint;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SpiffeId;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.telemetry.Calls;
import dev.weft.telemetry.MeshObserver;
import dev.weft.telemetry.Workload;
import dev.weft.upstream.Host;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IstioMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final IstioMeters meters = new IstioMeters(registry, new Workload("productpage", "default", "v1"));

    @Test
    void outboundCallsAreCountedUnderIstiosNamesAndLabels() {
        MeshObserver.DestinationObserver destination = meters.destination(Calls.CLUSTER);
        for (int i = 0; i < 3; i++) {
            destination.finished(Calls.finished(Calls.get(), Calls.host("v2"), 200, Set.of(), null));
        }
        assertThat(registry.get("istio_requests_total")
                        .tag("reporter", "source")
                        .tag("source_workload", "productpage")
                        .tag("source_version", "v1")
                        .tag("destination_service", "reviews")
                        .tag("destination_workload", "reviews-v2")
                        .tag("destination_version", "v2")
                        .tag("response_code", "200")
                        .tag("response_flags", "-")
                        .tag("request_protocol", "http")
                        .counter()
                        .count())
                .isEqualTo(3);
        DistributionSummary duration =
                registry.get("istio_request_duration_milliseconds").summary();
        assertThat(duration.count()).isEqualTo(3);
        assertThat(duration.max()).isEqualTo(12.3);
        assertThat(duration.takeSnapshot().histogramCounts()).hasSize(19);
    }

    @Test
    void flagsAndMissingHostsAreLabelsToo() {
        meters.destination(Calls.CLUSTER)
                .finished(Calls.finished(Calls.get(), null, 503, Set.of(ResponseFlag.UH), "no healthy host"));
        assertThat(registry.get("istio_requests_total")
                        .tag("response_flags", "UH")
                        .tag("destination_version", "unknown")
                        .tag("response_code", "503")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void inboundRequestsAreReportedByTheDestination() {
        meters.inbound(Calls.get())
                .finished(new MeshObserver.InboundSummary(
                        Calls.get(), PeerIdentity.ANONYMOUS, 200, Set.of(), null, List.of(), 5_000_000));
        assertThat(registry.get("istio_requests_total")
                        .tag("reporter", "destination")
                        .tag("destination_service", "productpage.default.svc.cluster.local")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aGrpcRequestIsReportedByItsOwnStatusToo() {
        RequestHead head = new RequestHead(
                "POST", "http", "productpage", "/a.B/C", Headers.of("content-type", "application/grpc"));
        meters.inbound(head)
                .finished(new MeshObserver.InboundSummary(
                        head, PeerIdentity.ANONYMOUS, 200, 7, Set.of(), null, List.of(), 5_000_000));
        assertThat(registry.get("istio_requests_total")
                        .tag("reporter", "destination")
                        .tag("request_protocol", "grpc")
                        .tag("response_code", "200")
                        .tag("grpc_response_status", "7")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aCallerThatMutualTlsProvedIsNamedByItsIdentity() {
        PeerIdentity ratings = PeerIdentity.of(SpiffeId.of("cluster.local", "shop", "ratings"));
        for (PeerIdentity caller :
                List.of(ratings, ratings.withJwt("issuer/jason", Map.of()), PeerIdentity.ANONYMOUS)) {
            meters.inbound(Calls.get())
                    .finished(new MeshObserver.InboundSummary(Calls.get(), caller, 200, Set.of(), null, List.of(), 1));
        }

        assertThat(registry.get("istio_requests_total")
                        .tag("connection_security_policy", "mutual_tls")
                        .tag("source_principal", "spiffe://cluster.local/ns/shop/sa/ratings")
                        .tag("source_workload_namespace", "shop")
                        .tag("source_workload", "unknown")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("istio_requests_total")
                        .tag("connection_security_policy", "none")
                        .tag("source_principal", "unknown")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aWorkloadAsIstiodNamesItIsTakenApart() {
        Host host = new Host(
                "reviews",
                new Endpoint(
                        "127.0.0.1",
                        4711,
                        Endpoint.Health.HEALTHY,
                        1,
                        "",
                        Map.of("workload", "reviews-v2-dep;books;reviews;v2;eu-1")));
        meters.destination(Calls.CLUSTER).finished(Calls.finished(Calls.get(), host, 200, Set.of(), null));

        assertThat(registry.get("istio_requests_total")
                        .tag("destination_workload", "reviews-v2-dep")
                        .tag("destination_workload_namespace", "books")
                        .tag("destination_canonical_service", "reviews")
                        .tag("destination_canonical_revision", "v2")
                        .tag("destination_app", "reviews")
                        .tag("destination_version", "v2")
                        .tag("destination_cluster", "eu-1")
                        .tag("destination_service_namespace", "default")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whoCallsUsIsUnknownWhateverHeSaysAboutHimself() {
        meters.inbound(Calls.get("x-envoy-peer-metadata", "forged"))
                .finished(new MeshObserver.InboundSummary(
                        Calls.get(), PeerIdentity.ANONYMOUS, 200, Set.of(), null, List.of(), 1));

        assertThat(registry.get("istio_requests_total")
                        .tag("source_workload", "unknown")
                        .tag("source_canonical_revision", "latest")
                        .tag("connection_security_policy", "none")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
