package dev.weft.control.grpc;

import static dev.weft.control.grpc.Story.RETRY_UP_TO_3_ATTEMPTS_AND_FAIL;
import static dev.weft.control.grpc.Story.RETRY_UP_TO_4_ATTEMPTS_AND_SUCCEED;
import static dev.weft.control.grpc.Story.TIMEOUT_IN_APPLICATION;
import static dev.weft.control.grpc.Story.TIMEOUT_IN_ROUTE_RULE;
import static dev.weft.control.grpc.Story.TIMEOUT_NOT_EXCEEDED;
import static dev.weft.control.grpc.Words.route;
import static dev.weft.control.grpc.Words.routes;
import static dev.weft.control.grpc.Words.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** How long a call may take, and how often it is tried. */
interface TimeScenarios extends Fixture {
    String UNARY_ONLY =
            "match: [{uri: {exact: /grpc.testing.TestService/UnaryCall}}], route: [{destination: {host: greeter}}]";

    @Scenario(TIMEOUT_IN_ROUTE_RULE)
    default void routeEndsCallsOfOneMethod() throws Exception {
        Caller caller = caller("timeout: 150ms").behaving("sleep-400");

        assertThat(caller.atOnce(5)).containsOnlyKeys("!DEADLINE_EXCEEDED");
        assertThat(caller.method(TestService.EMPTY).atOnce(5)).containsOnlyKeys("server-1");
    }

    @Scenario(TIMEOUT_IN_APPLICATION)
    default void callersDeadlineEndsTheCall() throws Exception {
        Caller caller = caller("timeout: 10s").behaving("sleep-400");

        assertThat(caller.within(Duration.ofMillis(100)).atOnce(5)).containsOnlyKeys("!DEADLINE_EXCEEDED");
    }

    @Scenario(TIMEOUT_NOT_EXCEEDED)
    default void callWithinTheTimeoutSucceeds() throws Exception {
        assertThat(caller("timeout: 10s").calls(25)).containsOnlyKeys("server-1");
    }

    @Scenario(RETRY_UP_TO_3_ATTEMPTS_AND_FAIL)
    default void threeRetriesAreNotEnough() throws Exception {
        Caller caller = caller("retries: {attempts: 3, retryOn: unavailable}")
                .behaving("succeed-on-retry-attempt-4,error-code-14");

        assertThat(caller.calls(3)).containsOnlyKeys("!UNAVAILABLE");
    }

    @Scenario(RETRY_UP_TO_4_ATTEMPTS_AND_SUCCEED)
    default void fourRetriesAreEnough() throws Exception {
        Caller caller = caller("retries: {attempts: 4, retryOn: unavailable}")
                .behaving("succeed-on-retry-attempt-4,error-code-14");

        assertThat(caller.calls(2)).containsOnlyKeys("server-1");
    }

    private Caller caller(String policy) throws Exception {
        List<InteropServer> one = site().servers(1);
        site().configure(
                        service("greeter", one),
                        routes("greeter", "{" + UNARY_ONLY + ", " + policy + "}", route("greeter")));
        Caller caller = site().caller("greeter");
        caller.until(one);
        return caller;
    }
}
