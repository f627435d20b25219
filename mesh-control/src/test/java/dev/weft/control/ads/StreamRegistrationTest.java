package dev.weft.control.ads;

import static dev.weft.control.ads.HandmadeSource.endpoints;
import static dev.weft.control.ads.HandmadeSource.visible;
import static dev.weft.control.ads.ResourceType.ENDPOINT;
import static dev.weft.control.ads.ResourceType.VIRTUAL_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import dev.weft.control.registry.Health;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamRegistrationTest {
    private final AdsBench bench = new AdsBench();

    @Test
    void instanceRegistersWithItsPortsAndHealth() {
        DeltaScript reviews = instance("reviews-1", 7);
        say(reviews, "reviews-1", 7, 0, "");
        assertThat(registered()).singleElement().satisfies(registration -> {
            assertThat(registration.instanceId()).isEqualTo("reviews-1");
            assertThat(registration.epoch()).isEqualTo(7);
            assertThat(registration.labels()).containsEntry("version", "v1");
            assertThat(registration.ports())
                    .containsExactly(new InstancePort("http", "HTTP", 9080, "127.0.0.1", 40001));
            assertThat(registration.health()).isEqualTo(Health.HEALTHY);
        });
        say(reviews, "reviews-1", 7, 14, "database away");
        assertThat(registered())
                .singleElement()
                .satisfies(
                        registration -> assertThat(registration.health()).isEqualTo(Health.unhealthy("database away")));
        assertThat(reviews.take()).isEmpty();
    }

    @Test
    void reasonIsKeptUpToAThousandCharacters() {
        DeltaScript reviews = instance("reviews-1", 7);
        say(reviews, "reviews-1", 7, 14, "x".repeat(100_000));
        assertThat(registered())
                .singleElement()
                .satisfies(registration ->
                        assertThat(registration.health().reason()).hasSize(1_004));
    }

    @Test
    void goodbyeIsAnsweredWhenAllOthersHaveAcknowledgedTheChange() {
        bench.registry.onChange(snapshot -> bench.source
                .put(ENDPOINT, endpoints("reviews", 100 + snapshot.services().size()))
                .publish());
        DeltaScript reviews = instance("reviews-1", 1);
        say(reviews, "reviews-1", 1, 0, "");
        bench.afterQuiet();
        DeltaScript caller = bench.delta("weft");
        caller.subscribe(ENDPOINT, "reviews");
        caller.takeAll();
        say(reviews, "reviews-1", 1, 1, "");
        assertThat(registered()).isEmpty();
        bench.afterQuiet();
        assertThat(reviews.take()).isEmpty();
        assertThat(caller.takeAll()).containsExactly("EDS +reviews");
        assertThat(reviews.take())
                .singleElement()
                .satisfies(farewell -> assertThat(farewell.getTypeUrl()).isEqualTo(StreamRegistration.TYPE_URL));
        bench.world.advance(Duration.ofSeconds(3));
        assertThat(reviews.take()).isEmpty();
    }

    @Test
    void goodbyeIsAnsweredAfterTwoSecondsIfSomebodyDoesNotAcknowledge() {
        DeltaScript caller = bench.delta("weft");
        caller.subscribe(VIRTUAL_HOST);
        DeltaScript reviews = instance("reviews-1", 1);
        say(reviews, "reviews-1", 1, 0, "");
        say(reviews, "reviews-1", 1, 1, "");
        bench.world.advance(Duration.ofMillis(1_900));
        assertThat(reviews.take()).isEmpty();
        bench.world.advance(Duration.ofMillis(101));
        assertThat(reviews.take()).hasSize(1);
    }

    @Test
    void goodbyeOfALostCallerIsNotWaitedFor() {
        DeltaScript caller = bench.delta("weft");
        caller.subscribe(VIRTUAL_HOST);
        DeltaScript reviews = instance("reviews-1", 1);
        say(reviews, "reviews-1", 1, 0, "");
        bench.source.put(VIRTUAL_HOST, visible("x")).publish();
        say(reviews, "reviews-1", 1, 1, "");
        bench.afterQuiet();
        assertThat(reviews.takeAll()).containsExactly("VHDS +x");
        caller.stream.closed();
        assertThat(reviews.take()).hasSize(1);
    }

    @Test
    void aStreamThatBeginsToSpeakForAnotherInstanceHasLostTheFirst() {
        for (String name : List.of("reviews-1", "reviews-2", "reviews-3")) {
            say(instance(name, 1), name, 1, 0, "");
        }
        DeltaScript fourth = instance("reviews-4", 1);
        say(fourth, "reviews-4", 1, 0, "");
        say(fourth, "reviews-5", 1, 0, "");
        assertThat(registered()).hasSize(5);
        bench.world.advance(Duration.ofSeconds(31));
        assertThat(registered())
                .extracting(registration -> registration.instanceId())
                .containsExactlyInAnyOrder("reviews-1", "reviews-2", "reviews-3", "reviews-5");
    }

    @Test
    void lostStreamKeepsThePlaceForTheGracePeriod() {
        for (String name : List.of("reviews-1", "reviews-2", "reviews-3")) {
            say(instance(name, 1), name, 1, 0, "");
        }
        DeltaScript fourth = instance("reviews-4", 1);
        say(fourth, "reviews-4", 1, 0, "");
        fourth.stream.closed();
        bench.world.advance(Duration.ofSeconds(29));
        assertThat(registered()).hasSize(4);
        bench.world.advance(Duration.ofSeconds(2));
        assertThat(registered()).hasSize(3);
    }

    @Test
    void lateGoodbyeOfTheLastLifeRemovesNothing() {
        DeltaScript old = instance("reviews-1", 1);
        say(old, "reviews-1", 1, 0, "");
        DeltaScript fresh = instance("reviews-1", 2);
        say(fresh, "reviews-1", 2, 0, "");
        say(old, "reviews-1", 1, 1, "");
        old.stream.closed();
        bench.world.advance(Duration.ofMinutes(5));
        assertThat(registered()).extracting(Registration::epoch).containsExactly(2L);
    }

    @Test
    void lossOfAllStreamsAtOnceEmptiesNoService() {
        List<DeltaScript> all = List.of(instance("reviews-1", 1), instance("reviews-2", 1), instance("reviews-3", 1));
        for (int i = 0; i < all.size(); i++) {
            say(all.get(i), "reviews-" + (i + 1), 1, 0, "");
        }
        all.forEach(stream -> stream.stream.closed());
        bench.world.advance(Duration.ofHours(1));
        assertThat(registered()).hasSize(3);
    }

    @Test
    void brokenRegistrationIsRefusedWithFieldAndValue() {
        DeltaScript broken = bench.delta("weft");
        broken.as(Nodes.weft("reviews-1", "default", "reviews", 1, 70_000));
        broken.subscribe(VIRTUAL_HOST);
        assertThat(broken.outlet.closed).isNotNull();
        assertThat(broken.outlet.closed.getDescription())
                .contains("node.metadata.WEFT.ports[0].boundPort")
                .contains("70000")
                .contains("1 to 65535");
    }

    private DeltaScript instance(String name, long epoch) {
        DeltaScript script = bench.delta("weft").as(Nodes.weft(name, "default", "reviews", epoch, 40_001));
        script.subscribe(VIRTUAL_HOST);
        script.takeAll();
        return script;
    }

    private static void say(DeltaScript script, String name, long epoch, int code, String message) {
        DeltaDiscoveryRequest.Builder request = DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(StreamRegistration.TYPE_URL)
                .setNode(Nodes.weft(name, "default", "reviews", epoch, 40_001));
        if (code != 0) {
            request.setErrorDetail(Status.newBuilder().setCode(code).setMessage(message));
        }
        script.send(request);
    }

    private List<Registration> registered() {
        return bench.registry.snapshot().instances("default", "reviews");
    }
}
