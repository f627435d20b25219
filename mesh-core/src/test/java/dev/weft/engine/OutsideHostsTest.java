package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Cluster;
import dev.weft.config.Snapshots;
import dev.weft.config.VirtualHost;
import dev.weft.request.RequestHead;
import org.junit.jupiter.api.Test;

class OutsideHostsTest {

    @Test
    void aHostFieldOfTheCallersOwnDoesNotChangeWhereAnUnknownHostIs() {
        Calls calls =
                new Calls(Snapshots.empty().host(0, VirtualHost.allowAny()).snapshot());
        RequestHead head = Calls.head("GET", "http://10.0.0.9:9080/").withAuthority("other.example.com");
        FakeAdapter adapter = Calls.begin(calls.prepare(head, ExchangeOptions.NONE, Calls.ALL));
        assertThat(adapter.last().host().address()).isEqualTo("10.0.0.9:9080");
        assertThat(adapter.last().head().authority()).isEqualTo("other.example.com");
    }

    @Test
    void aClusterWithoutHostsOfItsOwnLeadsToTheCallersAddress() {
        Calls calls = new Calls(Snapshots.empty()
                .host("en.example.org", 80, Snapshots.route("wild"))
                .cluster(originalDestination("wild"))
                .snapshot());
        FakeAdapter first = calls.get("http://en.example.org/");
        assertThat(first.last().host().address()).isEqualTo("en.example.org:80");
        assertThat(first.last().cluster().name()).isEqualTo("wild");
        assertThat(calls.get("http://en.example.org/").last().host())
                .as("the same host, so that its connections are used again")
                .isSameAs(first.last().host());
    }

    private static Cluster originalDestination(String name) {
        Cluster like = Snapshots.cluster(name);
        return new Cluster(
                name,
                Cluster.Discovery.ORIGINAL_DESTINATION,
                name,
                like.policy(),
                false,
                0,
                like.connectTimeout(),
                like.breakers(),
                null,
                like.protocol(),
                0,
                null,
                null,
                null,
                like.service());
    }
}
