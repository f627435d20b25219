package dev.weft.control.grpc;

import static dev.weft.control.grpc.Story.BACKENDS_RESTART;
import static dev.weft.control.grpc.Story.CHANGE_BACKEND_SERVICE;
import static dev.weft.control.grpc.Story.PING_PONG;
import static dev.weft.control.grpc.Story.REMOVE_INSTANCE_GROUP;
import static dev.weft.control.grpc.Story.ROUND_ROBIN;
import static dev.weft.control.grpc.Words.route;
import static dev.weft.control.grpc.Words.routes;
import static dev.weft.control.grpc.Words.rule;
import static dev.weft.control.grpc.Words.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who is called, and what becomes of calls when servers come and go. */
interface BalancingScenarios extends Fixture {
    String IN_TURN = "{loadBalancer: {simple: ROUND_ROBIN}}";

    @Scenario(PING_PONG)
    default void everyServerReceivesCalls() throws Exception {
        List<InteropServer> four = site().servers(4);
        site().configure(service("greeter", four), rule("greeter", IN_TURN));

        site().caller("greeter").until(four);
    }

    @Scenario(ROUND_ROBIN)
    default void callsAreSpreadEvenly() throws Exception {
        List<InteropServer> four = site().servers(4);
        site().configure(service("greeter", four), rule("greeter", IN_TURN));
        Caller caller = site().caller("greeter");
        caller.until(four);

        assertThat(caller.calls(100))
                .hasSize(4)
                .allSatisfy((server, calls) -> assertThat(calls).isEqualTo(25));
    }

    @Scenario(BACKENDS_RESTART)
    default void serversThatAreBackAreCalledAgain() throws Exception {
        List<InteropServer> four = site().servers(4);
        site().configure(
                        service("greeter", four),
                        rule("greeter", IN_TURN),
                        routes("greeter", "{route: [{destination: {host: greeter}}], retries: {attempts: 0}}"));
        Caller caller = site().caller("greeter");
        caller.until(four);
        Map<String, Integer> before = caller.calls(100);

        four.forEach(InteropServer::stop);
        assertThat(caller.atOnce(20)).containsOnlyKeys("!UNAVAILABLE");

        four.forEach(InteropServer::start);
        caller.until(four);
        assertThat(caller.calls(100)).isEqualTo(before);
    }

    @Scenario(REMOVE_INSTANCE_GROUP)
    default void noCallFailsWhenServersLeave() throws Exception {
        List<InteropServer> staying = site().servers(2);
        List<InteropServer> leaving = site().servers(2);
        List<InteropServer> all = new ArrayList<>(staying);
        all.addAll(leaving);
        site().configure(service("greeter", all), rule("greeter", IN_TURN));
        Caller caller = site().caller("greeter");
        caller.until(all);

        site().configure(service("greeter", staying), rule("greeter", IN_TURN));
        caller.moveTo(staying);
    }

    @Scenario(CHANGE_BACKEND_SERVICE)
    default void noCallFailsWhenAnotherServiceTakesOver() throws Exception {
        List<InteropServer> old = site().servers(2);
        List<InteropServer> fresh = site().servers(2);
        site().configure(service("greeter", old), service("other", fresh), rule("greeter", IN_TURN));
        Caller caller = site().caller("greeter");
        caller.until(old);

        site().configure(
                        service("greeter", old),
                        service("other", fresh),
                        rule("other", IN_TURN),
                        routes("greeter", route("other")));
        caller.moveTo(fresh);
    }
}
