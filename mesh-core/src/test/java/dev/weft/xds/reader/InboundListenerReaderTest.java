package dev.weft.xds.reader;

import static dev.weft.xds.InboundListeners.anybody;
import static dev.weft.xds.InboundListeners.anything;
import static dev.weft.xds.InboundListeners.encrypted;
import static dev.weft.xds.InboundListeners.filter;
import static dev.weft.xds.InboundListeners.listener;
import static dev.weft.xds.InboundListeners.manager;
import static dev.weft.xds.InboundListeners.on;
import static dev.weft.xds.InboundListeners.plaintext;
import static dev.weft.xds.InboundListeners.rbac;
import static dev.weft.xds.InboundListeners.rules;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.ClientCert;
import dev.weft.config.InboundPolicy.HeadRules;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.PathNormalization;
import dev.weft.config.PathNormalization.EscapedSlashes;
import dev.weft.config.RbacStage;
import dev.weft.config.TlsMode;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.rbac.v3.RBAC;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import org.junit.jupiter.api.Test;

/** Listeners for requests that come in: which connections, which heads, which stages. */
final class InboundListenerReaderTest {

    @Test
    void chainsForTlsAndForPlaintextMakeTheMode() {
        InboundPolicy policy = read(
                encrypted(),
                plaintext(),
                on(1, encrypted()),
                on(2, plaintext()),
                on(3, encrypted()),
                on(3, plaintext()));

        assertThat(policy.others().tls()).isEqualTo(TlsMode.PERMISSIVE);
        assertThat(policy.port(1).tls()).isEqualTo(TlsMode.STRICT);
        assertThat(policy.port(2).tls()).isEqualTo(TlsMode.DISABLE);
        assertThat(policy.port(3).tls()).isEqualTo(TlsMode.PERMISSIVE);
    }

    @Test
    void aPortWithoutAChainIsNoWayIn() {
        InboundPolicy policy = read(on(9080, encrypted()));

        assertThat(policy.port(9081)).isEqualTo(PortPolicy.CLOSED);
    }

    @Test
    void theListenersOwnPortIsNoPortOfTheWorkload() {
        assertThat(read(on(15006, plaintext()), encrypted()).ports()).isEmpty();
    }

    @Test
    void whatCallersBeginWithIsReadFromTheirNames() {
        assertThat(read(encrypted()).others().callers()).containsExactly("spiffe://cluster.local/");
    }

    @Test
    void stagesStayInTheOrderOfTheFilters() {
        RBAC deny = rules(RBAC.Action.DENY, anything(), anybody());
        RBAC allow = rules(RBAC.Action.ALLOW, anything(), anybody());

        assertThat(read(plaintext(rbac(deny), rbac(allow))).others().stages())
                .extracting(stage -> ((RbacStage) stage).rules().action().name())
                .containsExactly("DENY", "ALLOW");
    }

    @Test
    void headsAreTreatedAsTheConnectionManagerSays() {
        HttpConnectionManager manager = manager().toBuilder()
                .setMergeSlashes(true)
                .setPathWithEscapedSlashesAction(PathWithEscapedSlashesAction.UNESCAPE_AND_FORWARD)
                .setForwardClientCertDetails(HttpConnectionManager.ForwardClientCertDetails.SANITIZE)
                .setXffNumTrustedHops(2)
                .build();

        assertThat(read(plaintext(manager)).others().heads())
                .isEqualTo(new HeadRules(
                        new PathNormalization(true, true, EscapedSlashes.UNESCAPE), ClientCert.SANITIZE, 2));
    }

    /** Envoy takes the other end of the connection then, and no header. */
    @Test
    void useRemoteAddressBelievesNoHeader() {
        HttpConnectionManager manager = manager().toBuilder()
                .setUseRemoteAddress(com.google.protobuf.BoolValue.of(true))
                .setXffNumTrustedHops(2)
                .build();

        assertThat(read(plaintext(manager)).others().heads().trustedHops()).isEqualTo(-1);
    }

    /** A dialect where nobody says that paths are normalised means what Envoy means by silence. */
    @Test
    void pathsAreNotNormalisedUnlessThatIsSaid() {
        HttpConnectionManager manager =
                manager().toBuilder().clearNormalizePath().build();

        assertThat(read(plaintext(manager)).others().heads().paths().normalize())
                .isFalse();
    }

    @Test
    void aTcpPortIsJudgedByTheRulesOfItsConnections() {
        FilterChain tcp = tcp(encrypted());

        assertThat(read(on(9000, tcp), encrypted()).port(9000).stages())
                .singleElement()
                .isInstanceOf(RbacStage.class);
    }

    /** As istiod writes ports of unknown protocol: HTTP by its ALPN names, and what is left for TCP. */
    @Test
    void ofChainsForHttpAndForTheRestTheOneForHttpCounts() {
        FilterChain.Builder http = encrypted().toBuilder();
        http.getFilterChainMatchBuilder().addApplicationProtocols("istio-http/1.1");

        assertThat(read(http.build(), tcp(encrypted())).others().stages()).isEmpty();
    }

    /** As istiod writes PERMISSIVE ports: TLS of the application's own is led through as it is. */
    @Test
    void tlsThatDoesNotEndHereIsAsGoodAsPlaintext() {
        FilterChain through =
                tcp(encrypted()).toBuilder().clearTransportSocket().build();

        InboundPolicy policy = read(on(1, tcp(encrypted())), on(1, through), encrypted());
        assertThat(policy.port(1).tls()).isEqualTo(TlsMode.PERMISSIVE);
    }

    @Test
    void filtersThatOnlyCountOrLimitJudgeNobody() {
        var rateLimit =
                dev.weft.proto.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit.getDefaultInstance();
        FilterChain chain = plaintext(
                filter("istio.stats", UInt32Value.of(1)), filter("envoy.filters.http.local_ratelimit", rateLimit));
        Read<ReadListener> read =
                ListenerReader.read("inbound", listener("inbound", chain).toByteArray());

        assertThat(read.value().inbound().others().stages()).isEmpty();
        assertThat(read.problems())
                .singleElement()
                .hasToString("Listener inbound: filter_chains[0].filters[0].typed_config.http_filters[1].typed_config ="
                        + " type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit: absent; Weft"
                        + " does not do this and goes on without");
    }

    @Test
    void anEmptyListenerIsNoWayIn() {
        assertThat(read().port(80)).isEqualTo(PortPolicy.CLOSED);
    }

    private static FilterChain tcp(FilterChain chain) {
        var network = dev.weft
                .proto
                .envoy
                .extensions
                .filters
                .network
                .rbac
                .v3
                .RBAC
                .newBuilder()
                .setStatPrefix("tcp.")
                .setRules(rules(RBAC.Action.DENY, anything(), anybody()))
                .build();
        return chain.toBuilder()
                .clearFilters()
                .addFilters(Filter.newBuilder()
                        .setName("envoy.filters.network.rbac")
                        .setTypedConfig(Any.pack(network)))
                .addFilters(Filter.newBuilder()
                        .setName("envoy.filters.network.tcp_proxy")
                        .setTypedConfig(Any.newBuilder()
                                .setTypeUrl(
                                        "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy")))
                .build();
    }

    private static InboundPolicy read(FilterChain... chains) {
        Listener listener = listener("inbound", chains);
        Read<ReadListener> read = ListenerReader.read("inbound", listener.toByteArray());
        assertThat(read.problems()).isEmpty();
        return read.value().inbound();
    }
}
