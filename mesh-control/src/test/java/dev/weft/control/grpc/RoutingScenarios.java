package dev.weft.control.grpc;

import static dev.weft.control.grpc.Story.HEADER_MATCHING;
import static dev.weft.control.grpc.Story.PATH_MATCHING;
import static dev.weft.control.grpc.Story.TRAFFIC_SPLITTING;
import static dev.weft.control.grpc.Words.route;
import static dev.weft.control.grpc.Words.routes;
import static dev.weft.control.grpc.Words.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Where a call goes by what it says. */
interface RoutingScenarios extends Fixture {

    @Scenario(TRAFFIC_SPLITTING)
    default void callsAreSplitByWeight() throws Exception {
        List<InteropServer> a = site().servers(1);
        List<InteropServer> b = site().servers(1);
        site().configure(service("greeter", a), service("b", b));
        Caller caller = site().caller("greeter");
        caller.until(a);
        assertThat(caller.calls(100)).containsOnlyKeys(a.get(0).name);

        site().configure(
                        service("greeter", a),
                        service("b", b),
                        routes(
                                "greeter",
                                "{route: [{destination: {host: greeter}, weight: 20}, {destination: {host: b}, weight: 80}]}"));
        Eventually.is("both are called", () -> caller.calls(20).size(), 2);
        Map<String, Integer> split = caller.calls(1_000);
        assertThat(split).containsOnlyKeys(a.get(0).name, b.get(0).name);
        // Four standard deviations: one run in 16,000 would miss it.
        assertThat(split.get(b.get(0).name)).isCloseTo(800, within(51));
    }

    @Scenario(PATH_MATCHING)
    default void callsAreRoutedByPath() throws Exception {
        Junction junction = new Junction(site());
        junction.with(route("greeter")).sends("first", "first");
        junction.with(toSecond("uri: {exact: /grpc.testing.TestService/EmptyCall}"))
                .sends("first", "second");
        junction.with(toSecond("uri: {prefix: /grpc.testing.TestService/Unary}"))
                .sends("second", "first");
        junction.with(
                        route("{uri: {prefix: /grpc.testing.TestService/Unary}}", "greeter"),
                        toSecond("uri: {exact: /grpc.testing.TestService/EmptyCall}"))
                .sends("first", "second");
        junction.with(toSecond("uri: {regex: '^\\/.*\\/UnaryCall$'}")).sends("second", "first");
        junction.with(toSecond("uri: {exact: /gRpC.tEsTinG.tEstseRvice/empTycaLl}, ignoreUriCase: true"))
                .sends("first", "second");
    }

    @Scenario(HEADER_MATCHING)
    default void callsAreRoutedByMetadata() throws Exception {
        Junction junction = new Junction(site());
        junction.with(route("greeter")).sends("first", "first");
        junction.with(toSecond("headers: {xds_md: {exact: empty_ytpme}}")).sends("first", "second");
        junction.with(toSecond("headers: {xds_md: {prefix: un}}")).sends("second", "first");
        junction.with(toSecond("headers: {xds_md: {regex: '.*me'}}")).sends("first", "second");
        junction.with(toSecond("headers: {xds_md_numeric: {}}")).sends("second", "first");
        junction.with(toSecond("withoutHeaders: {xds_md: {exact: unary_yranu}}"))
                .sends("first", "second");
        junction.with(toSecond("headers: {xds_md_numeric: {regex: '1[0-9][0-9]|200'}}"))
                .sends("second", "first");
        junction.with(toSecond("headers: {xds_md: {regex: '^em.*me$'}}")).sends("first", "second");
    }

    private static String toSecond(String match) {
        return route("{" + match + "}", "second");
    }

    /** Two services, and both methods called with the metadata of gRPC's own test. */
    final class Junction {
        private final Site site;
        private final String services;
        private final Map<String, String> names;
        private final Caller unary;
        private final Caller empty;

        Junction(Site site) throws Exception {
            this.site = site;
            InteropServer first = site.servers(1).get(0);
            InteropServer second = site.servers(1).get(0);
            services = service("greeter", List.of(first)) + "---\n" + service("second", List.of(second));
            names = Map.of("first", first.name, "second", second.name);
            site.configure(services);
            Caller caller = site.caller("greeter");
            unary = caller.with("xds_md", "unary_yranu").with("xds_md_numeric", "159");
            empty = caller.method(TestService.EMPTY).with("xds_md", "empty_ytpme");
            unary.until(List.of(first));
        }

        /** With these routes before the one of everything to the first service. */
        Junction with(String... before) {
            String[] all = Arrays.copyOf(before, before.length + 1);
            all[before.length] = route("greeter");
            site.configure(services, routes("greeter", all));
            return this;
        }

        void sends(String unaryTo, String emptyTo) {
            Eventually.is(
                    "unary to " + unaryTo + ", empty to " + emptyTo,
                    () -> List.of(unary.call().where(), empty.call().where()),
                    List.of(names.get(unaryTo), names.get(emptyTo)));
        }
    }
}
