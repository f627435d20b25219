package dev.weft.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final String CLUSTER = "outbound|9080||reviews.default.svc.cluster.local";
    private static final String NAME = "reviews.default.svc.cluster.local:9080";

    @Test
    void clientsThatSeeTheSameShareOneView() {
        Mesh mesh = new Mesh(Yaml.REVIEWS);
        View view = mesh.view(Mesh.client("default", "app", "a"));
        assertThat(mesh.view(Mesh.client("default", "app", "b"))).isSameAs(view);
        assertThat(mesh.view(Mesh.client("other"))).isNotSameAs(view);
    }

    @Test
    void labelsThatARuleAsksForSplitTheClass() {
        Mesh mesh = new Mesh(
                Yaml.REVIEWS,
                Yaml.virtualService(
                        "reviews", "- match: [{sourceLabels: {app: a}}]\n  route: [{destination: {host: reviews}}]"));
        View view = mesh.view(Mesh.client("default", "app", "a"));
        assertThat(mesh.view(Mesh.client("default", "app", "b"))).isNotSameAs(view);
        assertThat(mesh.view(Mesh.client("default", "app", "b")))
                .isSameAs(mesh.view(Mesh.client("default", "app", "c", "version", "v9")));
    }

    @Test
    void aNewInstanceTouchesOnlyTheEndpointsOfItsService() {
        Mesh mesh = new Mesh(Yaml.REVIEWS);
        mesh.register("details-1", "details", "v1", 9080, 31000);
        View before = mesh.view();
        Resource table = before.resource(ResourceType.ROUTE, NAME);
        Resource reviews = before.resource(ResourceType.ENDPOINT, CLUSTER);
        String detailsName = "outbound|9080||details.default.svc.cluster.local";
        Resource details = before.resource(ResourceType.ENDPOINT, detailsName);
        mesh.register("details-2", "details", "v1", 9080, 31001);
        View after = mesh.view();
        assertThat(after).isNotSameAs(before);
        assertThat(after.resource(ResourceType.ROUTE, NAME)).isSameAs(table);
        assertThat(after.resource(ResourceType.ENDPOINT, CLUSTER)).isSameAs(reviews);
        assertThat(after.resource(ResourceType.ENDPOINT, detailsName)).isNotEqualTo(details);
        assertThat(mesh.addresses(detailsName)).containsExactly("10.0.0.1:31000", "10.0.0.1:31001");
    }

    @Test
    void equalContentHasAnEqualVersionInTheNextConfiguration() {
        Mesh mesh = new Mesh(Yaml.REVIEWS);
        Resource before = mesh.view().resource(ResourceType.ROUTE, NAME);
        mesh.configure(Yaml.REVIEWS, Yaml.RATINGS);
        assertThat(mesh.view().resource(ResourceType.ROUTE, NAME)).isEqualTo(before);
    }

    @Test
    void theIndexNamesWhatIsVisibleAndTheOutboundPolicy() {
        Mesh mesh = new Mesh(Yaml.REVIEWS);
        assertThat(mesh.view().wildcard(ResourceType.VIRTUAL_HOST)).containsOnlyKeys("*:0", NAME);
        VirtualHost entry = Mesh.indexed(mesh.view(), NAME);
        assertThat(entry.getRoutesList()).isEmpty();
        assertThat(entry.getDomainsList())
                .containsExactly(
                        "reviews.default.svc.cluster.local",
                        "reviews.default.svc.cluster.local.",
                        "reviews",
                        "reviews.default.svc",
                        "reviews.default");
        assertThat(Mesh.indexed(mesh.view(Mesh.client("other")), NAME).getDomainsList())
                .doesNotContain("reviews")
                .contains("reviews.default");
        assertThat(Mesh.indexed(mesh.view(), "*:0").getRoutes(0).getRoute().getCluster())
                .isEqualTo("PassthroughCluster");
    }

    @Test
    void stockGrpcAsksInItsOwnWords() {
        Mesh mesh = new Mesh(Yaml.REVIEWS);
        View view = mesh.view(Mesh.client(Kind.GRPC, "default"));
        for (String target : new String[] {NAME, "reviews:9080", "reviews", "reviews.default:9080"}) {
            assertThat(view.resource(ResourceType.LISTENER, target)).as(target).isNotNull();
        }
        assertThat(view.resource(ResourceType.LISTENER, "reviews:80")).isNull();
        assertThat(Mesh.table(view, NAME).getVirtualHosts(0).getDomainsList()).contains("reviews", "reviews:9080");
        assertThat(view.wildcard(ResourceType.LISTENER)).isEmpty();
    }

    @Test
    void stockGrpcMeansTheOnlyPortForGrpcWhereItNamesNone() {
        String http = "{number: 9080, name: http, protocol: HTTP}";
        String one = Yaml.serviceEntry("one", http + ", {number: 9090, name: grpc, protocol: GRPC}");
        String two = Yaml.serviceEntry(
                "two", "{number: 9090, name: grpc, protocol: GRPC}, {number: 9091, name: grpc-b, protocol: GRPC}");
        View view = new Mesh(one, two).view(Mesh.client(Kind.GRPC, "default"));
        assertThat(view.resource(ResourceType.LISTENER, "one"))
                .isNotNull()
                .extracting(listener -> Mesh.read(listener, Listener.class).toString())
                .asString()
                .contains("one.default.svc.cluster.local:9090");
        assertThat(view.resource(ResourceType.LISTENER, "two")).isNull();
        assertThat(view.resource(ResourceType.LISTENER, "two:9091")).isNotNull();
    }

    @Test
    void envoyGetsAListenerAndATablePerPort() {
        Mesh mesh = new Mesh(Yaml.REVIEWS, Yaml.RATINGS, Yaml.SUBSETS);
        View view = mesh.view(Mesh.client(Kind.ENVOY, "default"));
        assertThat(view.wildcard(ResourceType.LISTENER)).containsOnlyKeys("9080");
        assertThat(Mesh.table(view, "9080").getVirtualHostsList())
                .extracting(VirtualHost::getName)
                .containsExactly("ratings.default.svc.cluster.local:9080", NAME, "allow_any");
        assertThat(view.wildcard(ResourceType.CLUSTER))
                .containsKeys(CLUSTER, "outbound|9080|v3|reviews.default.svc.cluster.local", "PassthroughCluster");
    }
}
