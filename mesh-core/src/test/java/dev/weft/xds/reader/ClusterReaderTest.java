package dev.weft.xds.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import com.google.protobuf.Value;
import dev.weft.config.CircuitBreakers;
import dev.weft.config.ConfigProblem;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.OutlierDetection;
import dev.weft.config.UpstreamTls;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.HealthCheck;
import dev.weft.proto.envoy.config.core.v3.TransportSocket;
import dev.weft.proto.envoy.config.core.v3.TypedExtensionConfig;
import dev.weft.proto.envoy.extensions.load_balancing_policies.common.v3.LocalityLbConfig;
import dev.weft.proto.envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import dev.weft.proto.envoy.type.v3.Percent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clusters: defaults, limits, load balancing, and TLS that fails closed. */
final class ClusterReaderTest {

    @Test
    void whereNothingIsSaidEnvoysDefaultsHold() {
        var cluster = cluster(eds());

        assertThat(cluster.connectTimeout()).isEqualTo(java.time.Duration.ofSeconds(5));
        assertThat(cluster.panicThreshold()).isEqualTo(50);
        assertThat(cluster.breakers()).isEqualTo(new CircuitBreakers(1024, 1024, 1024, 3, null));
        assertThat(cluster.policy()).isEqualTo(new LoadBalancingPolicy.RoundRobin(null));
        assertThat(cluster.protocol()).isEqualTo(dev.weft.config.Cluster.Protocol.HTTP1);
        assertThat(cluster.outlier()).isNull();
    }

    @Test
    void aPanicThresholdThatIsPresentAndEmptyIsZero() {
        var cluster = cluster(eds().setCommonLbConfig(
                        Cluster.CommonLbConfig.newBuilder().setHealthyPanicThreshold(Percent.getDefaultInstance())));

        assertThat(cluster.panicThreshold()).isZero();
    }

    @Test
    void outlierDetectionThatIsPresentAndEmptyHasEnvoysNumbers() {
        var cluster = cluster(eds().setOutlierDetection(
                        dev.weft.proto.envoy.config.cluster.v3.OutlierDetection.getDefaultInstance()));

        assertThat(cluster.outlier())
                .isEqualTo(new OutlierDetection(
                        5,
                        100,
                        5,
                        0,
                        false,
                        5,
                        100,
                        java.time.Duration.ofSeconds(10),
                        java.time.Duration.ofSeconds(30),
                        java.time.Duration.ofSeconds(300),
                        10,
                        false));
    }

    @Test
    void ejectionBySuccessRateIsRefusedAndNotIgnored() {
        var outlier = dev.weft.proto.envoy.config.cluster.v3.OutlierDetection.newBuilder()
                .setEnforcingSuccessRate(UInt32Value.of(100));

        assertThat(problems(eds().setOutlierDetection(outlier)))
                .singleElement()
                .hasToString("Cluster c: outlier_detection.enforcing_success_rate = 100: 0; hosts are not ejected by"
                        + " success rate or failure percentage");
    }

    @Test
    void activeHealthChecksAreRefused() {
        assertThat(problems(eds().addHealthChecks(HealthCheck.getDefaultInstance())))
                .singleElement()
                .extracting(ConfigProblem::field)
                .isEqualTo("health_checks");
    }

    @Test
    void theFirstPolicyOfTheListThatIsUnderstoodIsTaken() {
        var unknown = policy(
                Any.newBuilder().setTypeUrl("type.googleapis.com/acme.Balancer").build());
        var least = policy(Any.pack(LeastRequest.newBuilder()
                .setChoiceCount(UInt32Value.of(3))
                .setLocalityLbConfig(LocalityLbConfig.newBuilder()
                        .setLocalityWeightedLbConfig(LocalityLbConfig.LocalityWeightedLbConfig.getDefaultInstance()))
                .build()));
        var cluster = cluster(
                eds().setLoadBalancingPolicy(dev.weft.proto.envoy.config.cluster.v3.LoadBalancingPolicy.newBuilder()
                        .addPolicies(unknown)
                        .addPolicies(least)));

        assertThat(cluster.policy()).isEqualTo(new LoadBalancingPolicy.LeastRequest(3, 1.0, null));
        assertThat(cluster.localityWeighted()).isTrue();
    }

    @Test
    void aMaglevTableMustBePrime() {
        assertThat(problems(eds().setLbPolicy(Cluster.LbPolicy.MAGLEV)
                        .setMaglevLbConfig(Cluster.MaglevLbConfig.newBuilder().setTableSize(UInt64Value.of(100)))))
                .singleElement()
                .extracting(ConfigProblem::field, ConfigProblem::value)
                .containsExactly("maglev_lb_config.table_size", "100");
    }

    @Test
    void aPlainTlsClusterChecksTheServerByTheRootsOfTheMachine() {
        var context = UpstreamTlsContext.newBuilder()
                .setSni("pay.example.com")
                .setCommonTlsContext(CommonTlsContext.newBuilder()
                        .addAlpnProtocols("h2")
                        .setValidationContext(CertificateValidationContext.newBuilder()
                                .setSystemRootCerts(
                                        CertificateValidationContext.SystemRootCerts.getDefaultInstance())));

        assertThat(cluster(eds().setTransportSocket(socket(context))).tls())
                .isEqualTo(new UpstreamTls(UpstreamTls.Mode.SIMPLE, "pay.example.com", List.of(), List.of("h2")));
    }

    @Test
    void aCertificateThatIsNotTheProcesssOwnRefusesTheCluster() {
        var context = UpstreamTlsContext.newBuilder()
                .setCommonTlsContext(CommonTlsContext.newBuilder()
                        .addTlsCertificateSdsSecretConfigs(
                                SdsSecretConfig.newBuilder().setName("file-cert:/etc/certs/a.pem")));

        assertThat(problems(eds().setTransportSocket(socket(context))))
                .extracting(ConfigProblem::field, ConfigProblem::value)
                .contains(org.assertj.core.groups.Tuple.tuple(
                        "transport_socket.typed_config.common_tls_context.tls_certificate_sds_secret_configs[0].name",
                        "file-cert:/etc/certs/a.pem"));
    }

    @Test
    void aServerNameIsNotMatchedByPattern() {
        var context = UpstreamTlsContext.newBuilder()
                .setCommonTlsContext(CommonTlsContext.newBuilder()
                        .setValidationContext(CertificateValidationContext.newBuilder()
                                .addMatchSubjectAltNames(
                                        StringMatcher.newBuilder().setPrefix("spiffe://"))));

        assertThat(problems(eds().setTransportSocket(socket(context))))
                .singleElement()
                .extracting(ConfigProblem::value)
                .isEqualTo("PREFIX");
    }

    @Test
    void aMatchOfTransportSocketsOtherThanIstiosIsRefused() {
        Struct match = Struct.newBuilder()
                .putFields("zone", Value.newBuilder().setStringValue("a").build())
                .build();

        assertThat(problems(eds().addTransportSocketMatches(Cluster.TransportSocketMatch.newBuilder()
                        .setMatch(match)
                        .setTransportSocket(socket(UpstreamTlsContext.newBuilder())))))
                .extracting(ConfigProblem::field)
                .contains("transport_socket_matches[0].match");
    }

    @Test
    void theMessageMustBearTheNameOfTheResource() {
        assertThat(ClusterReader.read("other", eds().build().toByteArray()).problems())
                .singleElement()
                .hasToString("Cluster other: name = c: the name of the resource, other");
    }

    @Test
    void aDurationThatIsNegativeIsRefused() {
        assertThat(problems(eds().setConnectTimeout(Duration.newBuilder().setSeconds(-1))))
                .singleElement()
                .extracting(ConfigProblem::field)
                .isEqualTo("connect_timeout");
    }

    private static dev.weft.proto.envoy.config.cluster.v3.LoadBalancingPolicy.Policy policy(Any config) {
        return dev.weft.proto.envoy.config.cluster.v3.LoadBalancingPolicy.Policy.newBuilder()
                .setTypedExtensionConfig(TypedExtensionConfig.newBuilder().setTypedConfig(config))
                .build();
    }

    private static TransportSocket socket(UpstreamTlsContext.Builder context) {
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Any.pack(context.build()))
                .build();
    }

    private static Cluster.Builder eds() {
        return Cluster.newBuilder().setName("c").setType(Cluster.DiscoveryType.EDS);
    }

    private static dev.weft.config.Cluster cluster(Cluster.Builder cluster) {
        Read<ClusterReader.WithEndpoints> read =
                ClusterReader.read("c", cluster.build().toByteArray());
        assertThat(read.problems()).isEmpty();
        return read.value().cluster();
    }

    private static List<ConfigProblem> problems(Cluster.Builder cluster) {
        Read<?> read = ClusterReader.read("c", cluster.build().toByteArray());
        assertThat(read.value()).isNull();
        return read.problems();
    }
}
