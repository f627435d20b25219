package dev.weft.xds.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import dev.weft.config.ConfigProblem;
import dev.weft.config.FaultInjection;
import dev.weft.config.Fraction;
import dev.weft.config.HeaderOps;
import dev.weft.config.Origin;
import dev.weft.config.PortProtocol;
import dev.weft.config.RouteAction;
import dev.weft.proto.envoy.config.core.v3.HeaderValue;
import dev.weft.proto.envoy.config.core.v3.HeaderValueOption;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import dev.weft.proto.envoy.config.route.v3.HeaderMatcher;
import dev.weft.proto.envoy.config.route.v3.HedgePolicy;
import dev.weft.proto.envoy.config.route.v3.InternalRedirectPolicy;
import dev.weft.proto.envoy.config.route.v3.RetryPolicy;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.RouteMatch;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.config.route.v3.WeightedCluster;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.FaultAbort;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.HTTPFault;
import dev.weft.proto.envoy.type.matcher.v3.RegexMatcher;
import dev.weft.proto.envoy.type.v3.FractionalPercent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Routes: what is honoured, and how a refusal names its place. */
final class RouteReaderTest {

    @Test
    void anAbsentTimeoutIsFifteenSecondsAndZeroIsNone() {
        RouteAction.Forward absent = forward(action());
        RouteAction.Forward zero = forward(action().setTimeout(Duration.getDefaultInstance()));

        assertThat(absent.timeout()).isEqualTo(java.time.Duration.ofSeconds(15));
        assertThat(zero.timeout()).isNull();
    }

    @Test
    void aFieldThatIsNotSupportedIsRefusedByNameAndPlace() {
        Read<?> read = read(route(action().setInternalRedirectPolicy(
                        InternalRedirectPolicy.newBuilder().setMaxInternalRedirects(UInt32Value.of(2)))));

        assertThat(read.value()).isNull();
        ConfigProblem problem = read.problems().get(0);
        assertThat(problem.severity()).isEqualTo(ConfigProblem.Severity.ERROR);
        assertThat(problem.resource()).isEqualTo("RouteConfiguration 9080");
        assertThat(problem.field()).isEqualTo("virtual_hosts[0].routes[0].route.internal_redirect_policy");
        assertThat(problem.value()).contains("max_internal_redirects");
        assertThat(problem.expectation()).isEqualTo("absent, because Weft does not support this field");
    }

    @Test
    void anExpressionThatRe2CannotCompileIsRefused() {
        Route bad = Route.newBuilder()
                .setMatch(RouteMatch.newBuilder()
                        .setSafeRegex(RegexMatcher.newBuilder().setRegex("/(?=x)")))
                .setRoute(action())
                .build();

        assertThat(read(bad).problems())
                .singleElement()
                .hasToString("RouteConfiguration 9080: virtual_hosts[0].routes[0].match.safe_regex.regex = /(?=x): "
                        + "an RE2 expression: invalid or unsupported Perl syntax");
    }

    @Test
    void oneBadRouteRefusesTheWholeTableAndEveryProblemIsTold() {
        Route noAction = Route.newBuilder()
                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                .build();
        Route noMatch = Route.newBuilder().setRoute(action()).build();

        Read<?> read = read(route(action()), noAction, noMatch);

        assertThat(read.value()).isNull();
        assertThat(read.problems())
                .extracting(ConfigProblem::field)
                .containsExactly("virtual_hosts[0].routes[1]", "virtual_hosts[0].routes[2].match");
    }

    @Test
    void aWordThatIsNoRetryConditionIsNamed() {
        Read<?> read =
                read(route(action().setRetryPolicy(RetryPolicy.newBuilder().setRetryOn("5xx,sometimes"))));

        assertThat(read.problems())
                .singleElement()
                .hasToString("RouteConfiguration 9080: virtual_hosts[0].routes[0].route.retry_policy.retry_on ="
                        + " sometimes: conditions that Envoy knows, separated by commas");
    }

    @Test
    void retriesDefaultToOneAndBackOffToTenTimesTheBase() {
        var retry = forward(action().setRetryPolicy(RetryPolicy.newBuilder().setRetryOn("reset")))
                .retry();

        assertThat(retry.retries()).isEqualTo(1);
        assertThat(retry.backoffBase()).isEqualTo(java.time.Duration.ofMillis(25));
        assertThat(retry.backoffMax()).isEqualTo(java.time.Duration.ofMillis(250));
    }

    @Test
    void aRoutesHedgingComesBeforeItsHosts() {
        HedgePolicy yes = HedgePolicy.newBuilder().setHedgeOnPerTryTimeout(true).build();
        Route silent = route(action());
        Route against = route(action().setHedgePolicy(HedgePolicy.getDefaultInstance()));
        Route own = route(action().setHedgePolicy(yes)
                .setRetryPolicy(RetryPolicy.newBuilder().setRetryOn("reset")));
        VirtualHost host =
                host(silent, against, own).toBuilder().setHedgePolicy(yes).build();

        assertThat(read(host).value().virtualHosts().get(0).routes())
                .extracting(
                        route -> ((RouteAction.Forward) route.action()).retry().hedges())
                .containsExactly(true, false, true);
        assertThat(forward(action()).retry().hedges()).isFalse();
    }

    @Test
    void requestsThatNobodyWaitsForAreRefused() {
        assertThat(read(route(action().setHedgePolicy(HedgePolicy.newBuilder()
                                .setInitialRequests(com.google.protobuf.UInt32Value.of(2)))))
                        .problems())
                .singleElement()
                .extracting(ConfigProblem::field)
                .isEqualTo("virtual_hosts[0].routes[0].route.hedge_policy.initial_requests");
    }

    @Test
    void aFormatterThatCannotBeRenderedIsRefused() {
        Route bad = route(action()).toBuilder()
                .addRequestHeadersToAdd(HeaderValueOption.newBuilder()
                        .setHeader(HeaderValue.newBuilder().setKey("x-a").setValue("%NO_SUCH%")))
                .build();

        assertThat(read(bad).problems())
                .singleElement()
                .extracting(ConfigProblem::field, ConfigProblem::value)
                .containsExactly("virtual_hosts[0].routes[0].request_headers_to_add[0].header.value", "%NO_SUCH%");
    }

    @Test
    void aHostRewriteOfOneWeightedClusterBecomesAHeaderChange() {
        var weighted = WeightedCluster.newBuilder()
                .addClusters(WeightedCluster.ClusterWeight.newBuilder()
                        .setName("a")
                        .setWeight(UInt32Value.of(1))
                        .setHostRewriteLiteral("other.example.com"));

        assertThat(forward(action().clearCluster().setWeightedClusters(weighted))
                        .clusters()
                        .get(0)
                        .request()
                        .set())
                .containsExactly(new HeaderOps.Setting(":authority", "other.example.com", HeaderOps.Action.OVERWRITE));
    }

    @Test
    void weightsThatSumToNothingAreRefused() {
        var weighted = WeightedCluster.newBuilder()
                .addClusters(WeightedCluster.ClusterWeight.newBuilder().setName("a"));

        assertThat(read(route(action().clearCluster().setWeightedClusters(weighted)))
                        .problems())
                .singleElement()
                .extracting(ConfigProblem::value)
                .isEqualTo("weights that sum to 0");
    }

    @Test
    void theVirtualHostsFaultAppliesToRoutesThatSayNothingOfFaults() {
        Any abort = Any.pack(HTTPFault.newBuilder()
                .setAbort(FaultAbort.newBuilder()
                        .setHttpStatus(503)
                        .setPercentage(FractionalPercent.newBuilder().setNumerator(50)))
                .build());
        Route own = route(action()).toBuilder()
                .putTypedPerFilterConfig(HttpFilterReader.FAULT, Any.pack(HTTPFault.getDefaultInstance()))
                .build();
        VirtualHost host = host(route(action()), own).toBuilder()
                .putTypedPerFilterConfig(HttpFilterReader.FAULT, abort)
                .build();

        var routes = read(host).value().virtualHosts().get(0).routes();

        assertThat(routes.get(0).fault())
                .isEqualTo(new FaultInjection(null, new FaultInjection.Abort(503, null, new Fraction(50, 100))));
        assertThat(routes.get(1).fault()).isNull();
    }

    @Test
    void anAbortWithoutAPercentageHitsNobody() {
        Any abort = Any.pack(HTTPFault.newBuilder()
                .setAbort(FaultAbort.newBuilder().setHttpStatus(503))
                .build());
        Route route = route(action()).toBuilder()
                .putTypedPerFilterConfig(HttpFilterReader.FAULT, abort)
                .build();

        assertThat(read(host(route))
                        .value()
                        .virtualHosts()
                        .get(0)
                        .routes()
                        .get(0)
                        .fault()
                        .abort()
                        .share()
                        .never())
                .isTrue();
    }

    @Test
    void aRouteKnowsTheFileItWasWrittenIn() {
        Struct weft = Struct.newBuilder()
                .putFields(
                        "file",
                        Value.newBuilder().setStringValue("reviews.yaml").build())
                .putFields("line", Value.newBuilder().setNumberValue(14).build())
                .build();
        Route route = route(action()).toBuilder()
                .setMetadata(Metadata.newBuilder().putFilterMetadata("dev.weft", weft))
                .build();

        assertThat(read(host(route))
                        .value()
                        .virtualHosts()
                        .get(0)
                        .routes()
                        .get(0)
                        .origin())
                .isEqualTo(new Origin("", "reviews.yaml", 14));
    }

    @Test
    void aDomainMayNotBelongToTwoVirtualHosts() {
        RouteConfiguration table = RouteConfiguration.newBuilder()
                .setName("9080")
                .addVirtualHosts(host(route(action())))
                .addVirtualHosts(host(route(action())))
                .build();

        assertThat(RouteReader.read("9080", table.toByteArray()).problems())
                .singleElement()
                .extracting(ConfigProblem::field, ConfigProblem::value)
                .containsExactly("virtual_hosts[1].domains", "reviews");
    }

    @Test
    void aHeaderMatchKeepsItsNegation() {
        Route route = route(action()).toBuilder()
                .setMatch(RouteMatch.newBuilder()
                        .setPrefix("/")
                        .setCaseSensitive(BoolValue.of(false))
                        .addHeaders(HeaderMatcher.newBuilder()
                                .setName("X-User")
                                .setPresentMatch(true)
                                .setInvertMatch(true)))
                .build();

        var match =
                read(host(route)).value().virtualHosts().get(0).routes().get(0).match();

        assertThat(match.headers().get(0).name()).isEqualTo("x-user");
        assertThat(match.headers().get(0).invert()).isTrue();
    }

    @Test
    void bytesThatAreNoMessageAreAProblemAndNotAnException() {
        Read<?> read = RouteReader.read("9080", new byte[] {(byte) 0xff, 1, 2});

        assertThat(read.value()).isNull();
        assertThat(read.problems())
                .singleElement()
                .extracting(ConfigProblem::field)
                .isEqualTo("");
    }

    @Test
    void anIndexEntryIsANameWhoseRoutesAreNotLoaded() {
        VirtualHost entry = VirtualHost.newBuilder()
                .setName("reviews.default.svc.cluster.local:9080")
                .addAllDomains(List.of("reviews", "Reviews.default"))
                .build();

        var host = RouteReader.readVirtualHost(entry.getName(), entry.toByteArray())
                .value();

        assertThat(host.loaded()).isFalse();
        assertThat(host.domains()).containsExactly("reviews", "reviews.default");
    }

    @Test
    void anIndexEntrySaysWhatIsSpokenOnItsPort() {
        assertThat(protocol("grpc")).isEqualTo(PortProtocol.GRPC);
        assertThat(protocol("tls")).isEqualTo(PortProtocol.TLS);
        assertThat(protocol("tcp")).isEqualTo(PortProtocol.TCP);
        assertThat(protocol("")).isEqualTo(PortProtocol.HTTP);
        assertThat(protocol("newer-than-this")).isEqualTo(PortProtocol.HTTP);
    }

    private static PortProtocol protocol(String word) {
        Struct said = Struct.newBuilder()
                .putFields("protocol", Value.newBuilder().setStringValue(word).build())
                .build();
        VirtualHost entry = VirtualHost.newBuilder()
                .setName("reviews:9080")
                .addDomains("reviews")
                .setMetadata(Metadata.newBuilder().putFilterMetadata("dev.weft", said))
                .build();
        return RouteReader.readVirtualHost(entry.getName(), entry.toByteArray())
                .value()
                .protocol();
    }

    private static dev.weft.proto.envoy.config.route.v3.RouteAction.Builder action() {
        return dev.weft.proto.envoy.config.route.v3.RouteAction.newBuilder().setCluster("c");
    }

    private static Route route(dev.weft.proto.envoy.config.route.v3.RouteAction.Builder action) {
        return Route.newBuilder()
                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                .setRoute(action)
                .build();
    }

    private static VirtualHost host(Route... routes) {
        return VirtualHost.newBuilder()
                .setName("reviews")
                .addDomains("reviews")
                .addAllRoutes(List.of(routes))
                .build();
    }

    private static Read<dev.weft.config.RouteConfiguration> read(Route... routes) {
        return read(host(routes));
    }

    private static Read<dev.weft.config.RouteConfiguration> read(VirtualHost host) {
        return RouteReader.read(
                "9080",
                RouteConfiguration.newBuilder()
                        .setName("9080")
                        .addVirtualHosts(host)
                        .build()
                        .toByteArray());
    }

    private static RouteAction.Forward forward(dev.weft.proto.envoy.config.route.v3.RouteAction.Builder action) {
        return (RouteAction.Forward) read(route(action))
                .value()
                .virtualHosts()
                .get(0)
                .routes()
                .get(0)
                .action();
    }
}
