package dev.weft.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.ClusterLoadAssignment.LocalityEndpoints;
import dev.weft.config.Endpoint;
import dev.weft.config.Locality;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hosts outlive what is said about them, and health is what was said and what was seen. */
final class UpstreamTest {
    private final ManualWorld world = World.manual();
    private final Upstream upstream = new Upstream("reviews", world);

    @Test
    void aHostStaysTheSameWhileItsAddressStays() {
        upstream.update(assignment("a:1", "b:1"));
        Host a = host("a:1");
        a.attemptStarted();

        upstream.update(assignment("c:1", "a:1"));

        assertThat(host("a:1")).isSameAs(a);
        assertThat(host("a:1").active()).isEqualTo(1);
        assertThat(addresses(upstream.hosts().priorities().get(0).healthy())).containsExactly("c:1", "a:1");
    }

    @Test
    void aHostThatCameBackIsANewOne() {
        upstream.update(assignment("a:1", "b:1"));
        Host before = host("a:1");
        upstream.update(assignment("b:1"));
        world.advance(Duration.ofSeconds(3));
        upstream.update(assignment("a:1", "b:1"));

        assertThat(host("a:1")).isNotSameAs(before);
        assertThat(host("a:1").firstSeenNanos()).isEqualTo(3_000_000_000L);
        assertThat(host("b:1").firstSeenNanos()).isZero();
    }

    @Test
    void aHostKnowsThatItHasLeft() {
        upstream.update(assignment("a:1", "b:1"));
        Host a = host("a:1");
        Host b = host("b:1");
        upstream.update(assignment("b:1"));
        assertThat(a.gone()).isTrue();
        assertThat(b.gone()).isFalse();

        upstream.update(assignment("a:1", "b:1"));
        assertThat(a.gone()).as("its successor is another one").isTrue();
        assertThat(host("a:1").gone()).isFalse();

        upstream.close();
        assertThat(b.gone()).as("with its cluster").isTrue();
    }

    @Test
    void endpointsThatHaveNotComeYetLeaveTheOldOnes() {
        upstream.update(assignment("a:1"));
        upstream.update(null);

        assertThat(upstream.hosts().healthy()).isEqualTo(1);
    }

    @Test
    void anEmptyAssignmentEmptiesTheCluster() {
        upstream.update(assignment("a:1"));
        upstream.update(assignment());

        assertThat(upstream.hosts().size()).isZero();
    }

    @Test
    void healthIsWhatWasSaidAndWhatWasSeen() {
        upstream.update(ClusterLoadAssignment.of(
                "reviews",
                List.of(
                        endpoint("a", Endpoint.Health.HEALTHY),
                        endpoint("b", Endpoint.Health.DEGRADED),
                        endpoint("c", Endpoint.Health.UNHEALTHY),
                        endpoint("d", Endpoint.Health.DRAINING),
                        endpoint("e", Endpoint.Health.HEALTHY))));
        upstream.eject(host("e:1"), new Ejection("5 consecutive 5xx", 0, 1_500_000_000L), 100, false);

        HostSet set = upstream.hosts().priorities().get(0);
        assertThat(addresses(set.healthy())).containsExactly("a:1");
        assertThat(addresses(set.degraded())).containsExactly("b:1");
        assertThat(set.all()).hasSize(5);
        assertThat(upstream.hosts().describe(0))
                .isEqualTo("1 of 5 hosts healthy, 1 degraded, 2 unhealthy or draining, "
                        + "1 ejected (5 consecutive 5xx), next back in 2 s");
    }

    @Test
    void anEjectionSurvivesANewAssignment() {
        upstream.update(assignment("a:1", "b:1"));
        assertThat(upstream.eject(host("a:1"), new Ejection("x", 0, 1), 50, false))
                .isTrue();
        upstream.update(assignment("a:1", "b:1", "c:1"));

        assertThat(addresses(upstream.hosts().priorities().get(0).healthy())).containsExactly("b:1", "c:1");
    }

    @Test
    void ejectionsStopAtThePercentageOfAllHosts() {
        upstream.update(assignment("a:1", "b:1", "c:1", "d:1", "e:1"));
        Ejection ejection = new Ejection("x", 0, 1);

        assertThat(upstream.eject(host("a:1"), ejection, 10, false)).isFalse();
        assertThat(upstream.eject(host("a:1"), ejection, 10, true)).isTrue();
        assertThat(upstream.eject(host("b:1"), ejection, 10, true)).isFalse();
        assertThat(upstream.eject(host("b:1"), ejection, 40, false)).isTrue();
        assertThat(upstream.ejected()).isEqualTo(2);
    }

    @Test
    void removingAnEjectedHostGivesItsPlaceBack() {
        upstream.update(assignment("a:1", "b:1", "c:1", "d:1", "e:1"));
        Ejection ejection = new Ejection("x", 0, 1);
        upstream.eject(host("a:1"), ejection, 20, false);
        upstream.update(assignment("b:1", "c:1", "d:1", "e:1", "f:1"));

        assertThat(upstream.eject(host("b:1"), ejection, 20, false)).isTrue();
    }

    @Test
    void prioritiesAndLocalitiesKeepTheirPlaces() {
        upstream.update(new ClusterLoadAssignment(
                "reviews",
                List.of(
                        locality("zone-b", 2, 3, "b:1"),
                        locality("zone-a", 0, 1, "a:1", "a:2"),
                        locality("zone-c", 0, 2, "c:1", "a:1")),
                140));

        List<HostSet> priorities = upstream.hosts().priorities();
        assertThat(priorities).hasSize(3);
        assertThat(addresses(priorities.get(0).all())).containsExactly("a:1", "a:2", "c:1");
        assertThat(priorities.get(1).all()).isEmpty();
        assertThat(addresses(priorities.get(2).all())).containsExactly("b:1");
        assertThat(priorities.get(0).localities())
                .extracting(LocalityHosts::weight)
                .containsExactly(1, 2);
    }

    @Test
    void theListenerHearsOfChangesAndOfNothingElse() {
        List<Integer> heard = new ArrayList<>();
        upstream.follow(hosts -> heard.add(hosts.healthy()));
        ClusterLoadAssignment two = assignment("a:1", "b:1");
        upstream.update(two);
        upstream.update(two);
        Host a = host("a:1");
        upstream.eject(a, new Ejection("x", 0, 1), 100, false);
        upstream.eject(a, new Ejection("x", 0, 1), 100, false);
        upstream.readmit(List.of(a));
        upstream.readmit(List.of(a));

        assertThat(heard).containsExactly(0, 2, 1, 2);
    }

    private Host host(String address) {
        return upstream.hosts().priorities().stream()
                .flatMap(set -> set.all().stream())
                .filter(host -> host.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static Endpoint endpoint(String address, Endpoint.Health health) {
        return new Endpoint(address, 1, health, 1, "", Map.of());
    }

    private static ClusterLoadAssignment assignment(String... addresses) {
        return ClusterLoadAssignment.of("reviews", endpoints(addresses));
    }

    private static LocalityEndpoints locality(String zone, int priority, int weight, String... addresses) {
        return new LocalityEndpoints(new Locality("r", zone, ""), priority, weight, endpoints(addresses));
    }

    private static List<Endpoint> endpoints(String... addresses) {
        return Stream.of(addresses)
                .map(address -> Endpoint.of(
                        address.substring(0, address.indexOf(':')),
                        Integer.parseInt(address.substring(address.indexOf(':') + 1))))
                .toList();
    }

    private static List<String> addresses(List<Host> hosts) {
        return hosts.stream().map(Host::address).toList();
    }
}
