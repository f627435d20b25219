package dev.weft.control.ads;

import static dev.weft.control.ads.HandmadeSource.cluster;
import static dev.weft.control.ads.HandmadeSource.endpoints;
import static dev.weft.control.ads.HandmadeSource.listener;
import static dev.weft.control.ads.HandmadeSource.routes;
import static dev.weft.control.ads.ResourceType.CLUSTER;
import static dev.weft.control.ads.ResourceType.ENDPOINT;
import static dev.weft.control.ads.ResourceType.LISTENER;
import static dev.weft.control.ads.ResourceType.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SotwSubscriptionTest {
    private final AdsBench bench = new AdsBench();

    @BeforeEach
    void publish() {
        bench.source
                .put(LISTENER, listener("a", "1"))
                .put(LISTENER, listener("b", "1"))
                .put(ROUTE, routes("a", "1"))
                .put(CLUSTER, cluster("a", "1"))
                .put(ENDPOINT, endpoints("a", 100))
                .put(ENDPOINT, endpoints("b", 100));
        bench.publish();
    }

    @Test
    void listenersAndClustersComeWholeAndEndpointsAsTheyChange() {
        SotwScript grpc = bench.sotw("gRPC Java");
        grpc.want(LISTENER, "a", "b");
        grpc.want(ENDPOINT, "a", "b");
        assertThat(grpc.takeAll()).containsExactly("LDS a b", "EDS a b");
        bench.source.put(LISTENER, listener("b", "2")).put(ENDPOINT, endpoints("b", 200));
        bench.publish();
        assertThat(grpc.takeAll()).containsExactly("EDS b", "LDS a b");
    }

    @Test
    void removedListenerIsLeftOut() {
        SotwScript grpc = bench.sotw("gRPC Java");
        grpc.want(LISTENER, "a", "b");
        grpc.takeAll();
        bench.source.remove(LISTENER, "a");
        bench.publish();
        assertThat(grpc.takeAll()).containsExactly("LDS b");
    }

    @Test
    void unknownNamesAreAnsweredByTheirAbsence() {
        SotwScript grpc = bench.sotw("gRPC Java");
        grpc.want(LISTENER, "nobody");
        assertThat(grpc.takeAll()).containsExactly("LDS");
        grpc.want(ROUTE, "nobody");
        assertThat(grpc.takeAll()).containsExactly("RDS");
    }

    @Test
    void namesThatAreAddedAreAnsweredAndAcknowledgementsAreNot() {
        SotwScript grpc = bench.sotw("gRPC Java");
        grpc.want(LISTENER, "a");
        assertThat(grpc.takeAll()).containsExactly("LDS a");
        grpc.want(LISTENER, "a", "b");
        assertThat(grpc.takeAll()).containsExactly("LDS a b");
        grpc.want(LISTENER, "b");
        assertThat(grpc.takeAll()).isEmpty();
        bench.source.put(LISTENER, listener("a", "3"));
        bench.publish();
        assertThat(grpc.takeAll()).isEmpty();
    }

    @Test
    void emptyListOfNamesMeansEverythingOnlyAtFirst() {
        SotwScript envoy = bench.sotw("envoy");
        envoy.want(LISTENER);
        assertThat(envoy.takeAll()).containsExactly("LDS a b");
        SotwScript named = bench.sotw("envoy");
        named.want(LISTENER, "a");
        named.takeAll();
        named.want(LISTENER);
        bench.source.put(LISTENER, listener("b", "2"));
        bench.publish();
        assertThat(named.takeAll()).isEmpty();
    }

    @Test
    void requestThatHasNotSeenTheNewestResponseChangesNoSubscription() {
        SotwScript grpc = bench.sotw("gRPC Java");
        grpc.want(LISTENER, "a");
        var old = grpc.take().get(0);
        grpc.ack(old);
        bench.source.put(LISTENER, listener("a", "2"));
        bench.publish();
        var fresh = grpc.take().get(0);
        grpc.want(LISTENER, "a", "b");
        assertThat(grpc.take()).hasSize(1);
        grpc.ack(old);
        assertThat(grpc.take()).isEmpty();
        assertThat(fresh.getVersionInfo()).isNotEqualTo(old.getVersionInfo());
    }

    @Test
    void versionsFollowContentAndNotTheRevision() {
        SotwScript envoy = bench.sotw("envoy");
        envoy.want(CLUSTER);
        String first = envoy.take().get(0).getVersionInfo();
        bench.publish();
        SotwScript later = bench.sotw("envoy");
        later.want(CLUSTER);
        assertThat(later.take().get(0).getVersionInfo()).isEqualTo(first);
    }
}
