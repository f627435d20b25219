package dev.weft.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.Snapshots;
import dev.weft.config.StaticSource;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names in clusters become addresses, and stay what they were while nobody answers. */
final class DnsSourceTest {
    private final ManualWorld world = World.manual();
    private final Map<String, List<String>> zone = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Deque<Runnable> lookUps = new ArrayDeque<>();
    private final List<MeshSnapshot> heard = new ArrayList<>();
    private final MeshSnapshot original = snapshot(Cluster.Discovery.STRICT_DNS, "db.example:5432");
    private final StaticSource said = SnapshotSource.of(original);
    private final DnsSource source = new DnsSource(said, this::resolve, lookUps::add, world.world());

    private List<String> resolve(String name) throws UnknownHostException {
        asked.add(name);
        List<String> addresses = zone.get(name);
        if (addresses == null) {
            throw new UnknownHostException(name);
        }
        return addresses;
    }

    private static MeshSnapshot snapshot(Cluster.Discovery discovery, String... addresses) {
        Cluster eds = Snapshots.cluster("db");
        Cluster cluster = new Cluster(
                "db",
                discovery,
                "db",
                eds.policy(),
                false,
                0,
                eds.connectTimeout(),
                eds.breakers(),
                null,
                eds.protocol(),
                0,
                null,
                null,
                null,
                eds.service());
        return Snapshots.empty()
                .service("reviews", 9080, "10.0.0.1:80")
                .cluster(cluster, addresses)
                .snapshot();
    }

    private void lookUp() {
        while (!lookUps.isEmpty()) {
            lookUps.poll().run();
        }
    }

    private void pass(Duration time) {
        world.advance(time);
        lookUp();
    }

    private List<String> addresses() {
        return heard.get(heard.size() - 1).endpoints().get("db").localities().stream()
                .flatMap(locality -> locality.endpoints().stream())
                .map(Endpoint::hostAndPort)
                .toList();
    }

    @Test
    void aSnapshotWaitsForTheFirstAnswerAndHasAllAddresses() {
        zone.put("db.example", List.of("10.0.0.9", "10.0.0.8"));
        source.subscribe(heard::add);
        assertThat(heard).isEmpty();

        lookUp();
        assertThat(addresses()).containsExactly("10.0.0.8:5432", "10.0.0.9:5432");
        assertThat(heard).hasSize(1);
    }

    @Test
    void theNameStaysWithTheEndpointForHashing() {
        zone.put("db.example", List.of("10.0.0.9"));
        source.subscribe(heard::add);
        lookUp();

        ClusterLoadAssignment assignment = heard.get(0).endpoints().get("db");
        assertThat(assignment.localities().get(0).endpoints().get(0).hostname()).isEqualTo("db.example");
    }

    @Test
    void aSlowNameHoldsTheRestBackForASecondAtMost() {
        source.subscribe(heard::add);
        world.advance(Duration.ofMillis(999));
        assertThat(heard).isEmpty();

        world.advance(Duration.ofMillis(1));
        assertThat(addresses()).isEmpty();
        assertThat(heard.get(0).endpoints().get("reviews").localities().get(0).endpoints())
                .hasSize(1);

        zone.put("db.example", List.of("10.0.0.9"));
        lookUp();
        assertThat(addresses()).containsExactly("10.0.0.9:5432");
    }

    @Test
    void whatChangesIsDeliveredAndWhatDoesNotIsNot() {
        zone.put("db.example", List.of("10.0.0.9", "10.0.0.8"));
        source.subscribe(heard::add);
        lookUp();

        zone.put("db.example", List.of("10.0.0.8", "10.0.0.9"));
        pass(Duration.ofSeconds(6));
        assertThat(asked).hasSize(2);
        assertThat(heard).hasSize(1);

        zone.put("db.example", List.of("10.0.0.7"));
        pass(Duration.ofSeconds(6));
        assertThat(addresses()).containsExactly("10.0.0.7:5432");
    }

    @Test
    void theLastGoodAddressesStayWhileNobodyAnswersAndRetriesSlowDown() {
        zone.put("db.example", List.of("10.0.0.9"));
        source.subscribe(heard::add);
        lookUp();
        zone.clear();

        pass(Duration.ofSeconds(6));
        assertThat(asked).hasSize(2);
        List<Integer> seconds = new ArrayList<>();
        int before = asked.size();
        for (int second = 1; second <= 200; second++) {
            pass(Duration.ofSeconds(1));
            if (asked.size() > before) {
                seconds.add(second);
                before = asked.size();
            }
        }
        assertThat(seconds).startsWith(1, 3, 7, 15, 31, 63, 123, 183);
        assertThat(addresses()).containsExactly("10.0.0.9:5432");

        zone.put("db.example", List.of("10.0.0.6"));
        pass(Duration.ofSeconds(60));
        assertThat(addresses()).containsExactly("10.0.0.6:5432");
    }

    @Test
    void aNameThatFailsAtOnceHoldsNobodyUp() {
        source.subscribe(heard::add);
        lookUp();

        assertThat(addresses()).isEmpty();
        assertThat(heard).hasSize(1);
    }

    @Test
    void aLogicalNameKeepsItsOneAddressAsLongAsItIsAmongTheAnswers() {
        said.set(snapshot(Cluster.Discovery.LOGICAL_DNS, "db.example:5432"));
        zone.put("db.example", List.of("10.0.0.5"));
        source.subscribe(heard::add);
        lookUp();
        assertThat(addresses()).containsExactly("10.0.0.5:5432");

        zone.put("db.example", List.of("10.0.0.4", "10.0.0.5"));
        pass(Duration.ofSeconds(6));
        assertThat(addresses()).containsExactly("10.0.0.5:5432");

        zone.put("db.example", List.of("10.0.0.4"));
        pass(Duration.ofSeconds(6));
        assertThat(addresses()).containsExactly("10.0.0.4:5432");
    }

    @Test
    void unchangedAssignmentsStayTheSameInstance() {
        zone.put("db.example", List.of("10.0.0.9"));
        source.subscribe(heard::add);
        lookUp();
        MeshSnapshot first = heard.get(0);

        said.set(new MeshSnapshot(
                "next", original.ports(), original.clusters(), original.endpoints(), MeshSnapshot.Source.STATIC, 0));
        lookUp();
        assertThat(heard).hasSize(2);
        assertThat(heard.get(1).endpoints().get("db"))
                .isSameAs(first.endpoints().get("db"));
    }

    @Test
    void aNameThatIsGoneIsNotAskedForAnyMore() {
        zone.put("db.example", List.of("10.0.0.9"));
        source.subscribe(heard::add);
        lookUp();

        said.set(snapshot(Cluster.Discovery.EDS, "10.0.0.1:1"));
        pass(Duration.ofSeconds(60));
        assertThat(asked).hasSize(1);
        assertThat(addresses()).containsExactly("10.0.0.1:1");
        assertThat(world.pendingTimers()).isZero();
    }

    @Test
    void afterCloseNothingIsAskedOrDelivered() {
        zone.put("db.example", List.of("10.0.0.9"));
        source.subscribe(heard::add);
        source.close();
        lookUp();
        said.set(snapshot(Cluster.Discovery.STRICT_DNS, "db.example:1"));
        pass(Duration.ofSeconds(60));

        assertThat(heard).isEmpty();
        assertThat(asked).isEmpty();
    }
}
