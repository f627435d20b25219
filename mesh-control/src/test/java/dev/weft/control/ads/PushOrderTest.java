package dev.weft.control.ads;

import static dev.weft.control.ads.HandmadeSource.cluster;
import static dev.weft.control.ads.HandmadeSource.endpoints;
import static dev.weft.control.ads.HandmadeSource.listener;
import static dev.weft.control.ads.HandmadeSource.routes;
import static dev.weft.control.ads.HandmadeSource.visible;
import static dev.weft.control.ads.ResourceType.CLUSTER;
import static dev.weft.control.ads.ResourceType.ENDPOINT;
import static dev.weft.control.ads.ResourceType.LISTENER;
import static dev.weft.control.ads.ResourceType.ROUTE;
import static dev.weft.control.ads.ResourceType.VIRTUAL_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PushOrderTest {
    private final AdsBench bench = new AdsBench();

    @BeforeEach
    void publish() {
        all("1");
    }

    private void all(String variant) {
        bench.source
                .put(VIRTUAL_HOST, visible("h" + variant))
                .put(ROUTE, routes("r", variant))
                .put(LISTENER, listener("l", variant))
                .put(ENDPOINT, endpoints("c", 100 + Integer.parseInt(variant)))
                .put(CLUSTER, cluster("c", variant));
        bench.publish();
    }

    private DeltaScript byName() {
        DeltaScript weft = bench.delta("weft");
        weft.subscribe(VIRTUAL_HOST);
        weft.subscribe(ROUTE, "r");
        weft.subscribe(LISTENER, "l");
        weft.subscribe(ENDPOINT, "c");
        weft.subscribe(CLUSTER, "c");
        weft.takeAll();
        return weft;
    }

    @Test
    void whatIsReferredToComesFirst() {
        DeltaScript weft = byName();
        all("2");
        assertThat(weft.takeAll()).containsExactly("CDS +c", "EDS +c", "LDS +l", "RDS +r", "VHDS +h2");
    }

    @Test
    void endpointsFollowEachChangeOfTheirCluster() {
        DeltaScript weft = byName();
        bench.source.put(CLUSTER, cluster("c", "9"));
        bench.publish();
        assertThat(weft.takeAll()).containsExactly("CDS +c", "EDS +c");
    }

    @Test
    void clustersGoWhenTheClientHasAnsweredTheRoutes() {
        DeltaScript weft = byName();
        bench.source.put(ROUTE, routes("r", "2")).remove(CLUSTER, "c").remove(ENDPOINT, "c");
        bench.publish();
        var first = weft.take();
        assertThat(first).extracting(DeltaScript::words).containsExactly("RDS +r");
        weft.ack(first.get(0));
        assertThat(weft.takeAll()).containsExactly("EDS -c", "CDS -c");
    }

    @Test
    void clusterThatComesBackBeforeItsRemovalWasSentIsNotRemoved() {
        DeltaScript weft = byName();
        bench.source.put(ROUTE, routes("r", "2")).remove(CLUSTER, "c");
        bench.publish();
        bench.source.put(CLUSTER, cluster("c", "1"));
        bench.publish();
        assertThat(weft.takeAll()).noneMatch(words -> words.contains("-c"));
    }

    @Test
    void routesWaitForTheEndpointsOfNewClustersOfASidecar() {
        DeltaScript envoy = sidecar();
        bench.source
                .put(CLUSTER, cluster("new", "1"))
                .put(ENDPOINT, endpoints("new", 100))
                .put(ROUTE, routes("r", "2"));
        bench.publish();
        assertThat(envoy.takeAll()).containsExactly("CDS +new");
        envoy.subscribe(ENDPOINT, "new");
        assertThat(envoy.takeAll()).containsExactly("EDS +new", "RDS +r");
    }

    @Test
    void endpointsOfAClusterForStockGrpcAreAwaitedByTheNameThatTheyAreAskedForBy() {
        DeltaScript weft = sidecar();
        bench.source
                .put(CLUSTER, stock(cluster("new", "1")))
                .put(ENDPOINT, stock(endpoints("new", 100)))
                .put(ROUTE, routes("r", "2"));
        bench.publish();
        assertThat(weft.takeAll()).containsExactly("CDS +grpc/new");
        weft.subscribe(ENDPOINT, "grpc/new");
        assertThat(weft.takeAll()).containsExactly("EDS +grpc/new", "RDS +r");
    }

    private static Resource stock(Resource plain) {
        return new Resource("grpc/" + plain.name(), plain.version(), plain.body());
    }

    @Test
    void routesDoNotWaitForEverForEndpointsThatNobodyAsksFor() {
        DeltaScript envoy = sidecar();
        bench.source.put(CLUSTER, cluster("new", "1")).put(ROUTE, routes("r", "2"));
        bench.publish();
        assertThat(envoy.takeAll()).containsExactly("CDS +new");
        bench.world.advance(Duration.ofSeconds(5));
        assertThat(envoy.takeAll()).containsExactly("RDS +r");
    }

    @Test
    void routesThatAreAskedForMeanwhileAreAnswered() {
        DeltaScript envoy = sidecar();
        bench.source
                .put(CLUSTER, cluster("new", "1"))
                .put(ROUTE, routes("r", "2"))
                .put(ROUTE, routes("r2", "1"));
        bench.publish();
        envoy.takeAll();
        envoy.subscribe(ROUTE, "r2");
        assertThat(envoy.takeAll()).containsExactly("RDS +r2");
    }

    @Test
    void stateOfTheWorldKeepsAnOldClusterUntilTheRoutesAreAnswered() {
        SotwScript envoy = bench.sotw("envoy");
        envoy.want(CLUSTER);
        envoy.want(ENDPOINT, "c");
        envoy.want(LISTENER);
        envoy.want(ROUTE, "r");
        envoy.takeAll();
        bench.source
                .remove(CLUSTER, "c")
                .put(CLUSTER, cluster("new", "1"))
                .put(ENDPOINT, endpoints("new", 100))
                .put(ROUTE, routes("r", "2"));
        bench.publish();
        assertThat(envoy.takeAll()).containsExactly("CDS new c");
        envoy.want(ENDPOINT, "c", "new");
        assertThat(envoy.takeAll()).containsExactly("EDS new", "RDS r", "CDS new");
    }

    private DeltaScript sidecar() {
        DeltaScript envoy = bench.delta("envoy");
        envoy.subscribe(CLUSTER);
        envoy.subscribe(ENDPOINT, "c");
        envoy.subscribe(LISTENER);
        envoy.subscribe(ROUTE, "r");
        envoy.takeAll();
        return envoy;
    }
}
