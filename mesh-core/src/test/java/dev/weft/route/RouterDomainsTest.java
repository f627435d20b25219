package dev.weft.route;

import static dev.weft.config.Snapshots.host;
import static dev.weft.config.Snapshots.route;
import static dev.weft.route.Requests.answer;
import static dev.weft.route.Requests.cluster;
import static dev.weft.route.Requests.decide;
import static dev.weft.route.Requests.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.PortProtocol;
import dev.weft.config.Snapshots;
import dev.weft.config.VirtualHost;
import dev.weft.request.RequestHead;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterDomainsTest {
    private final MeshSnapshot snapshot = Snapshots.empty()
            .host(9080, host("exact", List.of("a.b.example.com", "a"), route("exact")))
            .host(9080, host("long", List.of("*.b.example.com"), route("long")))
            .host(9080, host("short", List.of("*.example.com"), route("short")))
            .host(9080, host("front", List.of("www.*"), route("front")))
            .host(8080, host("only", List.of("solo"), route("only")))
            .host(8081, host("two-1", List.of("twins"), route("twins")))
            .host(8082, host("two-2", List.of("twins"), route("twins")))
            .host(8081, VirtualHost.indexed("both-http", List.of("both")))
            .host(9090, speaking(PortProtocol.GRPC, "both"))
            .host(8443, speaking(PortProtocol.TLS, "both"))
            .host(6379, speaking(PortProtocol.TCP, "both"))
            .host(8081, VirtualHost.indexed("more-1", List.of("more")))
            .host(8082, VirtualHost.indexed("more-2", List.of("more")))
            .host(9090, speaking(PortProtocol.GRPC, "more"))
            .host(9091, speaking(PortProtocol.GRPC, "calls"))
            .host(0, VirtualHost.allowAny())
            .snapshot();

    private static VirtualHost speaking(PortProtocol protocol, String name) {
        return VirtualHost.indexed(name + "-" + protocol, List.of(name), protocol);
    }

    /** The virtual host that a call would have to load. */
    private String meant(RequestHead head) {
        return ((RouteDecision.NotLoaded) decide(snapshot, head)).host().name();
    }

    @Test
    void exactBeatsTheLongestSuffixWhichBeatsThePrefix() {
        assertThat(cluster(snapshot, get("http://a.b.example.com:9080/"))).isEqualTo("exact");
        assertThat(cluster(snapshot, get("http://x.b.example.com:9080/"))).isEqualTo("long");
        assertThat(cluster(snapshot, get("http://x.example.com:9080/"))).isEqualTo("short");
        assertThat(cluster(snapshot, get("http://www.else.org:9080/"))).isEqualTo("front");
    }

    @Test
    void aWildcardNeedsSomethingInPlaceOfItsStar() {
        assertThat(decide(snapshot, get("http://.example.com:9080/"))).isInstanceOf(RouteDecision.PassThrough.class);
    }

    @Test
    void caseAndAFinalDotDoNotMatter() {
        assertThat(cluster(snapshot, get("http://A.B.Example.COM.:9080/"))).isEqualTo("exact");
    }

    @Test
    void theDialledPortChoosesTheTableAndNotTheOneInTheHostField() {
        var head = new dev.weft.request.RequestHead("GET", "http", "a:1234", "/", dev.weft.request.Headers.EMPTY, 9080);
        assertThat(cluster(snapshot, head)).isEqualTo("exact");
    }

    @Test
    void aHostFieldThatNobodyKnowsGoesToWhoIsDialled() {
        RouteDecision decision = decide(snapshot, get("http://a:9080/").withAuthority("elsewhere.org"));
        assertThat(((RouteDecision.Forward) decision).choice().cluster()).isEqualTo("exact");
        assertThat(((RouteDecision.Forward) decision).head().authority())
                .as("the server is told what the caller wrote")
                .isEqualTo("elsewhere.org");
        assertThat(decision.steps().get(0)).contains("a is dialled", "nobody knows the Host elsewhere.org");

        assertThat(cluster(snapshot, get("http://a:9080/").withAuthority("www.else.org")))
                .as("one that somebody knows")
                .isEqualTo("front");
        assertThat(decide(snapshot, get("http://who:9080/").withAuthority("elsewhere.org")))
                .as("neither is known")
                .isInstanceOf(RouteDecision.PassThrough.class);
    }

    @Test
    void withoutAPortTheOnlyPortOfAServiceIsMeant() {
        assertThat(cluster(snapshot, get("http://solo/"))).isEqualTo("only");
    }

    @Test
    void withoutAPortSeveralPortsAreListed() {
        RouteDecision.Answer answer = answer(snapshot, get("http://twins/"));
        assertThat(answer.reply().status()).isEqualTo(404);
        assertThat(answer.reply().flagText()).isEqualTo("NR");
        assertThat(answer.reply().reason()).contains("[8081, 8082]");
    }

    @Test
    void withoutAPortTheOnlyOneThatSpeaksAsTheCallerDoesIsMeant() {
        assertThat(meant(get("http://both/"))).isEqualTo("both-http");
        assertThat(meant(get("http://both/", "content-type", "application/grpc")))
                .isEqualTo("both-GRPC");
        assertThat(answer(snapshot, get("https://both/")).reply().reason())
                .as("the mesh's TLS or his own")
                .contains("[8081, 8443]");
    }

    @Test
    void onlyThePortsThatSpeakAsTheCallerDoesAreListed() {
        assertThat(answer(snapshot, get("http://more/")).reply().reason()).contains("[8081, 8082]");
    }

    @Test
    void withoutAPortTheOnlyOneIsMeantThoughItSpeaksOtherwise() {
        assertThat(meant(get("http://calls/"))).isEqualTo("calls-GRPC");
        assertThat(cluster(snapshot, get("http://solo/", "content-type", "application/grpc+proto")))
                .isEqualTo("only");
    }

    @Test
    void aWrittenPortIsNeverReplaced() {
        assertThat(decide(snapshot, get("http://solo:80/"))).isInstanceOf(RouteDecision.PassThrough.class);
    }

    @Test
    void unknownHostsPassUnderAllowAnyAndAreAnswered502UnderRegistryOnly() {
        assertThat(decide(snapshot, get("http://elsewhere.org/"))).isInstanceOf(RouteDecision.PassThrough.class);
        MeshSnapshot strict = Snapshots.empty().host(0, VirtualHost.blockAll()).snapshot();
        assertThat(answer(strict, get("http://elsewhere.org/")).reply().status())
                .isEqualTo(502);
    }

    @Test
    void withoutAnyPolicyAnUnknownHostIsNotFound() {
        assertThat(answer(Snapshots.empty().snapshot(), get("http://a/"))
                        .reply()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whoIsNotFoundOnAPortIsToldOfThePortsThatTheNameHas() {
        MeshSnapshot solo = Snapshots.empty()
                .host(8080, host("only", List.of("solo"), route("only")))
                .snapshot();
        assertThat(answer(solo, get("http://solo:9999/")).reply().reason())
                .isEqualTo("no virtual host for solo:9999 on port 9999; it has the ports [8080]");
    }

    @Test
    void anIndexedHostHasToBeLoadedFirst() {
        MeshSnapshot indexed = Snapshots.empty()
                .host(80, VirtualHost.indexed("r.default.svc:80", List.of("r")))
                .snapshot();
        assertThat(decide(indexed, get("http://r/")))
                .isEqualTo(new RouteDecision.NotLoaded(indexed.ports().get(80).get(0)));
    }

    @Test
    void knowsTellsOurHostsFromOthers() {
        Router router = Router.compile(snapshot, null);
        assertThat(router.knows("a:9080", "http")).isTrue();
        assertThat(router.knows("solo", "http")).isTrue();
        assertThat(router.knows("twins", "http")).isTrue();
        assertThat(router.knows("elsewhere.org", "https")).isFalse();
        Router strict =
                Router.compile(Snapshots.empty().host(0, VirtualHost.blockAll()).snapshot(), null);
        assertThat(strict.knows("elsewhere.org", "https")).isTrue();
    }

    @Test
    void whatHasNotChangedIsNotCompiledAgain() {
        Router before = Router.compile(snapshot, null);
        MeshSnapshot changed = new MeshSnapshot(
                "2",
                java.util.Map.of(
                        8080, List.of(snapshot.ports().get(8080).get(0), host("new", List.of("new"), route("new")))),
                java.util.Map.of(),
                java.util.Map.of(),
                MeshSnapshot.Source.STATIC,
                0);
        Router after = Router.compile(changed, before);
        var old = (RouteDecision.Forward) before.route(get("http://solo:8080/"), dev.weft.runtime.World.manual());
        var kept = (RouteDecision.Forward) after.route(get("http://solo:8080/"), dev.weft.runtime.World.manual());
        assertThat(kept.virtualHost()).isSameAs(old.virtualHost());
        assertThat(after.route(get("http://new:8080/"), dev.weft.runtime.World.manual()))
                .isInstanceOf(RouteDecision.Forward.class);
    }
}
