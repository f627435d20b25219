package dev.weft.control.grpc;

import static dev.weft.control.grpc.Story.GENTLE_FAILOVER;
import static dev.weft.control.grpc.Story.SECONDARY_LOCALITY_GETS_NO_REQUESTS_ON_PARTIAL_PRIMARY_FAILURE;
import static dev.weft.control.grpc.Story.SECONDARY_LOCALITY_GETS_REQUESTS_ON_PRIMARY_FAILURE;
import static dev.weft.control.grpc.Words.rule;
import static dev.weft.control.grpc.Words.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Two zones, of which the caller is in the first. */
interface FailoverScenarios extends Fixture {
    /** Without outlier detection Istio lets no zone take over; so soon back that a scenario need not wait. */
    String WATCHED =
            "{loadBalancer: {simple: ROUND_ROBIN}, outlierDetection: {consecutive5xxErrors: 1, interval: 100ms,"
                    + " baseEjectionTime: 300ms, maxEjectionPercent: 100}}";

    @Scenario(SECONDARY_LOCALITY_GETS_REQUESTS_ON_PRIMARY_FAILURE)
    default void secondZoneTakesOverAndHandsBack() throws Exception {
        List<InteropServer> near = site().servers(2, Site.NEAR);
        List<InteropServer> far = site().servers(2, Site.FAR);
        Caller caller = callerOf(near, far);
        caller.until(near);

        near.forEach(InteropServer::stop);
        caller.until(far);

        near.forEach(InteropServer::start);
        caller.until(near);
    }

    @Scenario(SECONDARY_LOCALITY_GETS_NO_REQUESTS_ON_PARTIAL_PRIMARY_FAILURE)
    default void oneServerThatIsLeftTakesAll() throws Exception {
        List<InteropServer> near = site().servers(2, Site.NEAR);
        List<InteropServer> far = site().servers(2, Site.FAR);
        Caller caller = callerOf(near, far);
        caller.until(near);

        near.get(0).stop();
        caller.until(List.of(near.get(1)));
        assertThat(caller.calls(100)).containsOnlyKeys(near.get(1).name);
    }

    @Scenario(GENTLE_FAILOVER)
    default void secondZoneHelpsBeforeTheFirstIsGone() throws Exception {
        List<InteropServer> near = site().servers(3, Site.NEAR);
        List<InteropServer> far = site().servers(2, Site.FAR);
        Caller caller = callerOf(near, far);
        caller.until(near);

        near.subList(0, 2).forEach(InteropServer::stop);
        Set<String> both = new HashSet<>(Caller.names(far));
        both.add(near.get(2).name);
        Eventually.is(
                "what is left of the first zone and the second",
                () -> caller.calls(50).keySet(),
                both);

        near.subList(0, 2).forEach(InteropServer::start);
        caller.until(near);
    }

    private Caller callerOf(List<InteropServer> near, List<InteropServer> far) throws Exception {
        List<InteropServer> all = new ArrayList<>(near);
        all.addAll(far);
        site().configure(service("greeter", all), rule("greeter", WATCHED));
        return site().caller("greeter");
    }
}
