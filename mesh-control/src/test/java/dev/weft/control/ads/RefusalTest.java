package dev.weft.control.ads;

import static dev.weft.control.ads.HandmadeSource.cluster;
import static dev.weft.control.ads.HandmadeSource.routes;
import static dev.weft.control.ads.HandmadeSource.visible;
import static dev.weft.control.ads.ResourceType.CLUSTER;
import static dev.weft.control.ads.ResourceType.ROUTE;
import static dev.weft.control.ads.ResourceType.VIRTUAL_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RefusalTest {
    private final AdsBench bench = new AdsBench();

    @Test
    void refusedVersionIsNotSentAgainAndTheNextOneIs() {
        DeltaScript weft = bench.delta("weft");
        weft.subscribe(ROUTE, "a", "b");
        weft.takeAll();
        bench.source.put(ROUTE, routes("a", "1")).put(ROUTE, routes("b", "1"));
        bench.publish();
        weft.nack(weft.take().get(0), "RouteConfiguration a: virtual_hosts is empty");
        bench.source.put(CLUSTER, cluster("unrelated", "1"));
        bench.publish();
        assertThat(weft.takeAll()).isEmpty();
        bench.source.put(ROUTE, routes("b", "2"));
        bench.publish();
        assertThat(weft.takeAll()).containsExactly("RDS +b");
        bench.source.put(ROUTE, routes("a", "2"));
        bench.publish();
        assertThat(weft.takeAll()).containsExactly("RDS +a");
    }

    @Test
    void returnToTheAcceptedVersionAfterARefusalNeedsNoPush() {
        DeltaScript weft = bench.delta("weft");
        bench.source.put(ROUTE, routes("a", "1"));
        bench.publish();
        weft.subscribe(ROUTE, "a");
        weft.takeAll();
        bench.source.put(ROUTE, routes("a", "2"));
        bench.publish();
        weft.nack(weft.take().get(0), "a is bad");
        bench.source.put(ROUTE, routes("a", "1"));
        bench.publish();
        assertThat(weft.takeAll()).isEmpty();
    }

    @Test
    void refusalWithoutANameCountsForTheWholeResponse() {
        DeltaScript weft = bench.delta("weft");
        weft.subscribe(VIRTUAL_HOST);
        weft.takeAll();
        bench.source.put(VIRTUAL_HOST, visible("x")).put(VIRTUAL_HOST, visible("y"));
        bench.publish();
        weft.nack(weft.take().get(0), "no");
        bench.source.put(VIRTUAL_HOST, visible("z"));
        bench.publish();
        assertThat(weft.takeAll()).containsExactly("VHDS +z");
        assertThat(rejections(weft.stream)).containsExactly("x: no", "y: no");
    }

    @Test
    void refusalIsShownUntilAnotherVersionIsAccepted() {
        DeltaScript weft = bench.delta("weft");
        bench.source.put(ROUTE, routes("a", "1"));
        bench.publish();
        weft.subscribe(ROUTE, "a");
        weft.nack(weft.take().get(0), "a: bad field");
        assertThat(rejections(weft.stream)).containsExactly("a: a: bad field");
        bench.source.put(ROUTE, routes("a", "2"));
        bench.publish();
        assertThat(rejections(weft.stream)).hasSize(1);
        weft.takeAll();
        assertThat(rejections(weft.stream)).isEmpty();
    }

    @Test
    void stateOfTheWorldGoesOnWithoutTheRefusedResource() {
        SotwScript envoy = bench.sotw("envoy");
        bench.source.put(CLUSTER, cluster("good", "1"));
        bench.publish();
        envoy.want(CLUSTER);
        envoy.takeAll();
        bench.source.put(CLUSTER, cluster("bad", "1"));
        bench.publish();
        envoy.nack(envoy.take().get(0), "Error adding/updating cluster(s) bad: no");
        assertThat(envoy.take()).isEmpty();
        bench.source.put(CLUSTER, cluster("more", "1"));
        bench.publish();
        assertThat(envoy.takeAll()).containsExactly("CDS good more");
        bench.source.put(CLUSTER, cluster("bad", "2"));
        bench.publish();
        assertThat(envoy.takeAll()).containsExactly("CDS bad good more");
    }

    @Test
    void stateOfTheWorldKeepsTheAcceptedVersionInPlaceOfTheRefusedOne() {
        SotwScript envoy = bench.sotw("envoy");
        bench.source.put(CLUSTER, cluster("a", "1"));
        bench.publish();
        envoy.want(CLUSTER);
        envoy.takeAll();
        bench.source.put(CLUSTER, cluster("a", "2"));
        bench.publish();
        envoy.nack(envoy.take().get(0), "a is bad");
        bench.source.put(CLUSTER, cluster("b", "1"));
        bench.publish();
        var response = envoy.take().get(0);
        assertThat(response.getResourcesList())
                .containsExactly(cluster("a", "1").body(), cluster("b", "1").body());
    }

    private static List<String> rejections(ClientStream stream) {
        StreamStatus status = stream.status();
        assertThat(status).isNotNull();
        return status.types().stream()
                .flatMap(type -> type.rejections().stream())
                .map(rejection -> rejection.resource().name() + ": " + rejection.message())
                .toList();
    }
}
