package dev.weft.control.ads;

import static dev.weft.control.ads.HandmadeSource.cluster;
import static dev.weft.control.ads.HandmadeSource.endpoints;
import static dev.weft.control.ads.HandmadeSource.routes;
import static dev.weft.control.ads.HandmadeSource.visible;
import static dev.weft.control.ads.ResourceType.CLUSTER;
import static dev.weft.control.ads.ResourceType.ENDPOINT;
import static dev.weft.control.ads.ResourceType.ROUTE;
import static dev.weft.control.ads.ResourceType.VIRTUAL_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeltaSubscriptionTest {
    private final AdsBench bench = new AdsBench();
    private final DeltaScript weft = bench.delta("weft");

    @BeforeEach
    void publish() {
        bench.source
                .put(VIRTUAL_HOST, visible("reviews:9080"))
                .put(VIRTUAL_HOST, visible("ratings:9080"))
                .put(ROUTE, routes("reviews:9080", "1"))
                .put(CLUSTER, cluster("v1", "1"))
                .put(ENDPOINT, endpoints("v1", 100));
        bench.publish();
    }

    @Test
    void wildcardGetsAllAndThenOnlyWhatChanges() {
        weft.subscribe(VIRTUAL_HOST);
        assertThat(weft.takeAll()).containsExactly("VHDS +ratings:9080 +reviews:9080");
        bench.source.put(VIRTUAL_HOST, visible("details:9080")).remove(VIRTUAL_HOST, "ratings:9080");
        bench.publish();
        assertThat(weft.takeAll()).containsExactly("VHDS +details:9080 -ratings:9080");
        bench.publish();
        assertThat(weft.takeAll()).isEmpty();
    }

    @Test
    void wildcardWithoutResourcesIsAnsweredEmptyByMeshControl() {
        weft.subscribe(CLUSTER);
        var answer = weft.take().get(0);
        assertThat(answer.getResourcesList()).isEmpty();
        assertThat(answer.getControlPlane().getIdentifier()).startsWith("mesh-control");
        assertThat(answer.getSystemVersionInfo()).isEqualTo("1");
    }

    @Test
    void namesAreAnsweredAndFollowed() {
        weft.subscribe(ROUTE, "reviews:9080");
        assertThat(weft.takeAll()).containsExactly("RDS +reviews:9080");
        bench.source.put(ROUTE, routes("reviews:9080", "2")).put(ROUTE, routes("ratings:9080", "1"));
        bench.publish();
        assertThat(weft.takeAll()).containsExactly("RDS +reviews:9080");
        weft.unsubscribe(ROUTE, "reviews:9080");
        bench.source.put(ROUTE, routes("reviews:9080", "3"));
        bench.publish();
        assertThat(weft.takeAll()).isEmpty();
    }

    @Test
    void unknownNameIsAnsweredAsRemovedAndComesWhenItIsThere() {
        weft.subscribe(ROUTE, "ratings:9080");
        assertThat(weft.takeAll()).containsExactly("RDS -ratings:9080");
        bench.publish();
        assertThat(weft.takeAll()).isEmpty();
        bench.source.put(ROUTE, routes("ratings:9080", "1"));
        bench.publish();
        assertThat(weft.takeAll()).containsExactly("RDS +ratings:9080");
        bench.source.remove(ROUTE, "ratings:9080");
        bench.publish();
        assertThat(weft.takeAll()).containsExactly("RDS -ratings:9080");
    }

    @Test
    void repeatedSubscriptionIsAnsweredAgain() {
        weft.subscribe(ROUTE, "reviews:9080", "ratings:9080");
        weft.takeAll();
        weft.subscribe(ROUTE, "reviews:9080");
        assertThat(weft.takeAll()).containsExactly("RDS +reviews:9080");
        weft.subscribe(ROUTE, "ratings:9080");
        assertThat(weft.takeAll()).containsExactly("RDS -ratings:9080");
    }

    @Test
    void repeatedSubscriptionIsAnsweredEvenToOneWhoAcknowledgesNothing() {
        for (int i = 0; i < 5; i++) {
            weft.subscribe(ROUTE, "reviews:9080");
            assertThat(weft.take()).extracting(DeltaScript::words).containsExactly("RDS +reviews:9080");
        }
    }

    @Test
    void namesAndWildcardOfOneTypeLiveSideBySide() {
        weft.subscribe(CLUSTER);
        weft.takeAll();
        weft.subscribe(CLUSTER, "v1");
        assertThat(weft.takeAll()).containsExactly("CDS +v1");
    }

    @Test
    void reconnectingClientIsSentOnlyWhatItLacks() {
        String version = visible("reviews:9080").version();
        weft.subscribe(VIRTUAL_HOST, Map.of("reviews:9080", version, "ratings:9080", "old", "gone:9080", "x"));
        assertThat(weft.takeAll()).containsExactly("VHDS +ratings:9080 -gone:9080");
        weft.subscribe(
                ROUTE,
                Map.of("reviews:9080", routes("reviews:9080", "1").version(), "gone:9080", "x"),
                "reviews:9080",
                "gone:9080");
        assertThat(weft.takeAll()).containsExactly("RDS -gone:9080");
        bench.source.put(VIRTUAL_HOST, visible("details:9080")).put(ROUTE, routes("reviews:9080", "2"));
        bench.publish();
        assertThat(weft.takeAll()).containsExactly("RDS +reviews:9080", "VHDS +details:9080");
    }

    @Test
    void reconnectingClientThatLacksNothingIsToldSo() {
        weft.subscribe(CLUSTER, Map.of("v1", cluster("v1", "1").version()), "v1");
        assertThat(weft.takeAll()).containsExactly("CDS");
    }

    @Test
    void starSubscribesToAndUnsubscribesFromEverything() {
        DeltaScript envoy = bench.delta("envoy");
        envoy.subscribe(CLUSTER, "*");
        assertThat(envoy.takeAll()).containsExactly("CDS +v1");
        envoy.unsubscribe(CLUSTER, "*");
        bench.source.put(CLUSTER, cluster("v2", "1"));
        bench.publish();
        assertThat(envoy.takeAll()).isEmpty();
    }

    @Test
    void typesThatAreNotServedAreAnsweredAsNotThere() {
        weft.send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl("type.googleapis.com/envoy.service.runtime.v3.Runtime")
                .addResourceNamesSubscribe("flags"));
        assertThat(weft.take()).singleElement().satisfies(answer -> {
            assertThat(answer.getRemovedResourcesList()).containsExactly("flags");
            weft.ack(answer);
        });
        assertThat(weft.take()).isEmpty();
    }
}
