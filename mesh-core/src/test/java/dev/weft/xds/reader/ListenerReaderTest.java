package dev.weft.xds.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import dev.weft.config.ConfigProblem;
import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import dev.weft.proto.envoy.config.core.v3.TrafficDirection;
import dev.weft.proto.envoy.config.listener.v3.ApiListener;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.FaultAbort;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.HTTPFault;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import org.junit.jupiter.api.Test;

/** Listeners of both dialects. */
final class ListenerReaderTest {

    @Test
    void aListenerByNameSaysItsPortAndTable() {
        ReadListener listener = read(api("a.example.com:8443", manager())).value();

        assertThat(listener.kind()).isEqualTo(ReadListener.Kind.API);
        assertThat(listener.port()).isEqualTo(8443);
        assertThat(listener.routeNames()).containsExactly("table");
    }

    @Test
    void aListenerOfASniffedPortCarriesItsTable() {
        RouteConfiguration table = RouteConfiguration.newBuilder()
                .setName("a.example.com:80")
                .addVirtualHosts(VirtualHost.newBuilder().setName("a").addDomains("a.example.com"))
                .build();
        Listener listener =
                port(80).addFilterChains(chain(manager().setRouteConfig(table))).build();

        ReadListener read = read(listener).value();

        assertThat(read.kind()).isEqualTo(ReadListener.Kind.PORT);
        assertThat(read.inline()).singleElement().extracting("name").isEqualTo("a.example.com:80");
    }

    @Test
    void aListenerWithoutHttpIsNoted() {
        Any tcp = Any.newBuilder()
                .setTypeUrl("type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy")
                .build();
        Listener listener = port(27017)
                .addFilterChains(
                        FilterChain.newBuilder().addFilters(Filter.newBuilder().setTypedConfig(tcp)))
                .build();

        assertThat(read(listener).value().kind()).isEqualTo(ReadListener.Kind.TCP);
    }

    @Test
    void aSidecarsCatchAllThatLeadsNowhereBlocksUnknownHosts() {
        Listener listener = port(15001)
                .setUseOriginalDst(BoolValue.of(true))
                .setTrafficDirection(TrafficDirection.OUTBOUND)
                .addFilterChains(FilterChain.newBuilder().addFilters(Filter.newBuilder()))
                .build();

        assertThat(read(listener).value().kind()).isEqualTo(ReadListener.Kind.BLOCK_OTHERS);
    }

    @Test
    void anInboundListenerIsNotForCallsThatGoOut() {
        Listener listener =
                port(15006).setTrafficDirection(TrafficDirection.INBOUND).build();

        assertThat(read(listener).value().kind()).isEqualTo(ReadListener.Kind.INBOUND);
    }

    @Test
    void aFilterThatIsNotKnownRefusesTheListener() {
        HttpFilter wasm = HttpFilter.newBuilder()
                .setName("envoy.filters.http.wasm")
                .setTypedConfig(Any.newBuilder().setTypeUrl("type.googleapis.com/envoy.wasm"))
                .build();
        HttpConnectionManager.Builder manager = manager();
        manager.addHttpFilters(0, wasm);

        assertThat(read(api("a:1", manager)).problems())
                .singleElement()
                .hasToString("Listener a:1: api_listener.api_listener.http_filters[0] = envoy.filters.http.wasm: fault,"
                        + " cors, router, or a filter that is optional or counts only");
    }

    @Test
    void aFilterThatIsNotKnownButOptionalIsLeftOut() {
        HttpConnectionManager.Builder manager = manager();
        manager.addHttpFilters(
                0, HttpFilter.newBuilder().setName("acme").setIsOptional(true).build());

        assertThat(read(api("a:1", manager)).problems()).isEmpty();
    }

    @Test
    void aFaultForEveryRouteIsRefused() {
        HttpConnectionManager.Builder manager = manager();
        manager.addHttpFilters(
                0,
                HttpFilter.newBuilder()
                        .setName(HttpFilterReader.FAULT)
                        .setTypedConfig(Any.pack(HTTPFault.newBuilder()
                                .setAbort(FaultAbort.newBuilder().setHttpStatus(500))
                                .build()))
                        .build());

        assertThat(read(api("a:1", manager)).problems())
                .singleElement()
                .extracting(ConfigProblem::field)
                .isEqualTo("api_listener.api_listener.http_filters[0].typed_config");
    }

    @Test
    void theRouterMustBeTheLastFilter() {
        HttpConnectionManager.Builder manager = manager();
        manager.addHttpFilters(HttpFilter.newBuilder().setName("istio.stats"));

        assertThat(read(api("a:1", manager)).problems())
                .singleElement()
                .extracting(ConfigProblem::expectation)
                .isEqualTo("the router as the last filter");
    }

    @Test
    void anotherWayToNormalisePathsIsToldAndTheListenerKept() {
        Read<ReadListener> read = read(api("a:1", manager().setMergeSlashes(true)));

        assertThat(read.value()).isNotNull();
        assertThat(read.problems())
                .singleElement()
                .extracting(ConfigProblem::severity, ConfigProblem::field)
                .containsExactly(ConfigProblem.Severity.WARNING, "api_listener.api_listener.merge_slashes");
    }

    private static HttpConnectionManager.Builder manager() {
        return HttpConnectionManager.newBuilder()
                .setRds(Rds.newBuilder().setRouteConfigName("table"))
                .addHttpFilters(HttpFilter.newBuilder()
                        .setName("envoy.filters.http.router")
                        .setTypedConfig(Any.pack(Router.getDefaultInstance())));
    }

    private static FilterChain chain(HttpConnectionManager.Builder manager) {
        return FilterChain.newBuilder()
                .addFilters(Filter.newBuilder().setTypedConfig(Any.pack(manager.build())))
                .build();
    }

    private static Listener api(String name, HttpConnectionManager.Builder manager) {
        return Listener.newBuilder()
                .setName(name)
                .setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(manager.build())))
                .build();
    }

    private static Listener.Builder port(int port) {
        return Listener.newBuilder()
                .setName("0.0.0.0_" + port)
                .setAddress(Address.newBuilder()
                        .setSocketAddress(
                                SocketAddress.newBuilder().setAddress("0.0.0.0").setPortValue(port)));
    }

    private static Read<ReadListener> read(Listener listener) {
        return ListenerReader.read(listener.getName(), listener.toByteArray());
    }
}
