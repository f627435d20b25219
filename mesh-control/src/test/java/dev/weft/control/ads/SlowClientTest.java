package dev.weft.control.ads;

import static dev.weft.control.ads.HandmadeSource.cluster;
import static dev.weft.control.ads.HandmadeSource.routes;
import static dev.weft.control.ads.HandmadeSource.visible;
import static dev.weft.control.ads.ResourceType.CLUSTER;
import static dev.weft.control.ads.ResourceType.ROUTE;
import static dev.weft.control.ads.ResourceType.VIRTUAL_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients that read slowly, answer nothing, ask for too much or too often. */
final class SlowClientTest {

    @Test
    void clientWithoutRoomIsSentNothingAndThenOnlyTheNewest() {
        AdsBench bench = new AdsBench();
        DeltaScript weft = bench.delta("weft");
        weft.subscribe(VIRTUAL_HOST);
        weft.takeAll();
        weft.outlet.ready = false;
        for (int i = 0; i < 100; i++) {
            bench.source.put(VIRTUAL_HOST, visible("h" + i)).remove(VIRTUAL_HOST, "h" + (i - 1));
            bench.publish();
        }
        assertThat(weft.take()).isEmpty();
        weft.outlet.ready = true;
        weft.stream.ready();
        assertThat(weft.takeAll()).containsExactly("VHDS +h99");
    }

    @Test
    void clientThatAcknowledgesNothingIsSentAFewResponsesAndThenTheNewest() {
        AdsBench bench = new AdsBench();
        DeltaScript weft = bench.delta("weft");
        weft.subscribe(ROUTE, "a");
        for (int i = 0; i < 100; i++) {
            bench.source.put(ROUTE, routes("a", "v" + i));
            bench.publish();
        }
        var responses = weft.take();
        assertThat(responses).hasSize(Responses.MAX_OUTSTANDING);
        weft.ack(responses.get(0));
        assertThat(weft.take())
                .singleElement()
                .satisfies(newest -> assertThat(newest.getResources(0).getVersion())
                        .isEqualTo(routes("a", "v99").version()));
    }

    @Test
    void changesThatFollowEachOtherAreOnePush() {
        AdsBench bench = new AdsBench();
        DeltaScript weft = bench.delta("weft");
        weft.subscribe(VIRTUAL_HOST);
        weft.takeAll();
        for (int i = 0; i < 5; i++) {
            bench.source.put(VIRTUAL_HOST, visible("h" + i)).publish();
            bench.world.advance(Duration.ofMillis(50));
        }
        assertThat(weft.take()).isEmpty();
        bench.world.advance(Duration.ofMillis(50));
        assertThat(weft.takeAll()).containsExactly("VHDS +h0 +h1 +h2 +h3 +h4");
    }

    @Test
    void changesThatNeverEndArePushedAfterTenSeconds() {
        AdsBench bench = new AdsBench();
        DeltaScript weft = bench.delta("weft");
        weft.subscribe(ROUTE, "a");
        weft.takeAll();
        for (int i = 0; i < 250; i++) {
            bench.source.put(ROUTE, routes("a", "v" + i)).publish();
            bench.world.advance(Duration.ofMillis(50));
        }
        assertThat(weft.takeAll()).containsExactly("RDS +a");
    }

    @Test
    void subscriptionsAreBounded() {
        AdsBench bench = new AdsBench(AdsOptions.DEFAULT.withBounds(10, 10, 100));
        DeltaScript weft = bench.delta("weft");
        weft.subscribe(
                CLUSTER, IntStream.range(0, 11).mapToObj(Integer::toString).toArray(String[]::new));
        assertThat(weft.outlet.closed).isNotNull();
        assertThat(weft.outlet.closed.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(weft.outlet.closed.getDescription()).contains("CDS").contains("10 names");
    }

    @Test
    void floodIsReadSlowly() {
        AdsBench bench = new AdsBench(AdsOptions.DEFAULT.withBounds(10, 10, 10));
        bench.source.put(CLUSTER, cluster("a", "1"));
        bench.publish();
        DeltaScript weft = bench.delta("weft");
        for (int i = 0; i < 60; i++) {
            weft.subscribe(CLUSTER, "a");
        }
        assertThat(weft.outlet.reads).isEqualTo(50);
        bench.world.advance(Duration.ofMillis(150));
        assertThat(weft.outlet.reads).isEqualTo(51);
    }

    @Test
    void firstRequestMustSayWhoAsks() {
        AdsBench bench = new AdsBench();
        ScriptedOutlet outlet = new ScriptedOutlet();
        ClientStream stream = new ClientStream(bench.context, Dialect.DELTA, outlet);
        stream.request(new Incoming(
                CLUSTER.typeUrl(),
                null,
                "",
                null,
                new Asked.Delta(java.util.List.of(), java.util.List.of(), java.util.Map.of())));
        assertThat(outlet.closed).isNotNull();
        assertThat(outlet.closed.getDescription()).contains("node is missing");
    }
}
