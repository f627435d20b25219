package dev.weft.control.grpc;

import static dev.weft.control.grpc.Story.CIRCUIT_BREAKING;
import static dev.weft.control.grpc.Story.HEADER_BASED_AFFINITY;
import static dev.weft.control.grpc.Story.HEADER_BASED_AFFINITY_MULTIPLE_HEADERS;
import static dev.weft.control.grpc.Story.OUTLIER_DETECTION;
import static dev.weft.control.grpc.Words.route;
import static dev.weft.control.grpc.Words.routes;
import static dev.weft.control.grpc.Words.rule;
import static dev.weft.control.grpc.Words.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Calls at once, calls that belong together, servers to keep away from. */
interface LimitScenarios extends Fixture {
    String BY_HEADER = "{loadBalancer: {consistentHash: {httpHeaderName: xds_md}}}";

    @Scenario(CIRCUIT_BREAKING)
    default void callsAtOnceAreLimitedExactlyAndTheLimitIsRaisedLive() throws Exception {
        InteropServer first = site().servers(1).get(0);
        InteropServer second = site().servers(1).get(0);
        String services = service("greeter", List.of(first)) + "---\n" + service("second", List.of(second));
        String split = routes(
                "greeter", route("{uri: {exact: /grpc.testing.TestService/EmptyCall}}", "second"), route("greeter"));
        site().configure(services, split, limit("greeter", 500), limit("second", 1_000));
        Caller unary = site().caller("greeter").within(Duration.ofMinutes(1));
        Caller empty = unary.method(TestService.EMPTY);
        unary.until(List.of(first));
        empty.until(List.of(second));

        List<CompletableFuture<Ending>> open = new ArrayList<>();
        fill(first, 500, unary.behaving("keep-open"), open);
        fill(second, 1_000, empty.behaving("keep-open"), open);

        site().configure(services, split, limit("greeter", 800), limit("second", 1_000));
        Eventually.is("room for another call", () -> unary.call().where(), first.name);
        fill(first, 800, unary.behaving("keep-open"), open);

        open.forEach(call -> call.cancel(false));
        Eventually.is("all calls have ended", () -> first.open() + second.open(), 0);
    }

    /**
     * Goes on calling, as gRPC's own client does, until all places are taken: stock gRPC frees some of them late. Then there is no other, and
     * never were there more.
     */
    private static void fill(InteropServer server, int limit, Caller caller, List<CompletableFuture<Ending>> open) {
        open.addAll(caller.begin(limit - server.open()));
        Eventually.is(
                limit + " calls at once",
                () -> {
                    if (server.open() < limit) {
                        open.add(caller.begin());
                    }
                    return server.open();
                },
                limit);
        assertThat(caller.atOnce(100)).containsOnlyKeys("!UNAVAILABLE");
        assertThat(server.open()).isEqualTo(limit);
    }

    private static String limit(String service, int calls) {
        return rule(service, "{connectionPool: {http: {http2MaxRequests: " + calls + "}}}");
    }

    @Scenario(HEADER_BASED_AFFINITY)
    default void oneHeaderValueMeansOneServer() throws Exception {
        List<InteropServer> three = site().servers(3);
        site().configure(service("greeter", three), rule("greeter", BY_HEADER));
        Caller caller = site().caller("greeter");

        Map<String, Integer> same = caller.with("xds_md", "empty_ytpme").calls(150);
        assertThat(same).hasSize(1).doesNotContainKey("!UNAVAILABLE");
        assertThat(connected(three)).as("servers connected to").isEqualTo(1);

        Eventually.is("every server is called", () -> caller.calls(50).keySet(), Caller.names(three));
        assertThat(connected(three)).isEqualTo(3);
    }

    @Scenario(HEADER_BASED_AFFINITY_MULTIPLE_HEADERS)
    default void anotherHeaderValueFindsAnotherServer() throws Exception {
        List<InteropServer> three = site().servers(3);
        site().configure(service("greeter", three), rule("greeter", BY_HEADER));
        Caller caller = site().caller("greeter");
        Caller empty = caller.method(TestService.EMPTY).with("xds_md", "empty_ytpme");
        Map<String, Integer> same = empty.calls(50);
        assertThat(same).hasSize(1).doesNotContainKey("!UNAVAILABLE");

        String home = same.keySet().iterator().next();
        String other = IntStream.range(0, 30)
                .mapToObj(i -> caller.with("xds_md", String.valueOf(i)).call().where())
                .filter(where -> !where.equals(home))
                .findFirst()
                .orElseThrow();

        assertThat(Caller.names(three)).contains(other);
        assertThat(connected(three)).as("servers connected to").isEqualTo(2);
        assertThat(empty.calls(50)).containsOnlyKeys(home);
    }

    private static int connected(List<InteropServer> servers) {
        return (int)
                servers.stream().filter(server -> server.connections.get() > 0).count();
    }

    @Scenario(OUTLIER_DETECTION)
    default void serverThatFailsIsLeftAloneUntilItFailsNoMore() throws Exception {
        List<InteropServer> five = site().servers(5);
        site().configure(
                        service("greeter", five),
                        rule("greeter", """
                                {loadBalancer: {simple: ROUND_ROBIN}, outlierDetection: {consecutive5xxErrors: 5, interval: 200ms,
                                  baseEjectionTime: 1s, maxEjectionPercent: 50}}"""),
                        routes("greeter", "{route: [{destination: {host: greeter}}], retries: {attempts: 0}}"));
        Caller caller = site().caller("greeter");
        caller.until(five);

        Caller failing = caller.behaving("hostname=" + five.get(0).name + " error-code-2");
        Eventually.is(
                "the failing server is left alone", () -> failing.calls(20).keySet(), Caller.names(five.subList(1, 5)));
        caller.until(five);
    }
}
