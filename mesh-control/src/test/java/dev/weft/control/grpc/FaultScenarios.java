package dev.weft.control.grpc;

import static dev.weft.control.grpc.Story.ABORT_HALF;
import static dev.weft.control.grpc.Story.ALWAYS_ABORT;
import static dev.weft.control.grpc.Story.ALWAYS_DELAY;
import static dev.weft.control.grpc.Story.DELAY_HALF;
import static dev.weft.control.grpc.Story.NON_MATCHING_FAULT_INJECTION;
import static dev.weft.control.grpc.Story.ZERO_PERCENT_FAULT_INJECTION;
import static dev.weft.control.grpc.Words.route;
import static dev.weft.control.grpc.Words.routes;
import static dev.weft.control.grpc.Words.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Faults on purpose. */
interface FaultScenarios extends Fixture {
    /** The application's, of a call that is delayed by 20 s. */
    Duration SHORT = Duration.ofMillis(150);

    /** As warm as any, since a call that is not delayed has to be answered within it. */
    Duration AMPLE = Duration.ofSeconds(2);

    @Scenario(ZERO_PERCENT_FAULT_INJECTION)
    default void faultForNobodyTouchesNobody() throws Exception {
        assertThat(caller(0, 0).calls(50)).containsOnlyKeys("server-1");
    }

    @Scenario(NON_MATCHING_FAULT_INJECTION)
    default void faultOfOneRouteTouchesNoCallOfAnother() throws Exception {
        assertThat(caller(100, 100).method(TestService.EMPTY).calls(50)).containsOnlyKeys("server-1");
    }

    @Scenario(ALWAYS_DELAY)
    default void everyCallIsDelayed() throws Exception {
        assertThat(caller(0, 100).within(SHORT).atOnce(50)).containsOnlyKeys("!DEADLINE_EXCEEDED");
    }

    @Scenario(ALWAYS_ABORT)
    default void everyCallIsAborted() throws Exception {
        assertThat(caller(100, 0).calls(50)).containsOnlyKeys("!UNAUTHENTICATED");
    }

    @Scenario(DELAY_HALF)
    default void halfOfTheCallsAreDelayed() throws Exception {
        half(caller(0, 50).within(AMPLE).atOnce(200), "!DEADLINE_EXCEEDED");
    }

    @Scenario(ABORT_HALF)
    default void halfOfTheCallsAreAborted() throws Exception {
        half(caller(50, 0).calls(200), "!UNAUTHENTICATED");
    }

    private static void half(Map<String, Integer> ends, String failure) {
        assertThat(ends).containsOnlyKeys(failure, "server-1");
        // More than four standard deviations.
        assertThat(ends.get(failure)).isCloseTo(100, within(30));
    }

    private Caller caller(int abort, int delay) throws Exception {
        List<InteropServer> one = site().servers(1);
        site().configure(service("greeter", one), routes("greeter", """
                        {match: [{uri: {exact: /grpc.testing.TestService/UnaryCall}}], route: [{destination: {host: greeter}}],
                           fault: {abort: {httpStatus: 401, percentage: {value: %d}}, delay: {fixedDelay: 20s, percentage: {value: %d}}}}""".formatted(abort, delay), route("greeter")));
        Caller caller = site().caller("greeter");
        caller.method(TestService.EMPTY).until(one);
        return caller;
    }
}
