package dev.weft.grpc.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.MutualTls;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTrust;
import dev.weft.runtime.Ticker;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.xds.XdsChannelCredentials;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels of stock grpc-xds, whose control plane is the bridge. */
final class StockChannelTest {
    private static final String TARGET = "reviews:9090";

    private final ScriptedResources resources = new ScriptedResources();
    private final HeldIdentity identity = new HeldIdentity();
    private final HeldNotices notices = new HeldNotices();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    @AfterEach
    void stop() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    @Test
    void itGoesWhereTheResourcesSayAndFollowsThem() throws Exception {
        resources
                .put(TARGET, Stock.listener(TARGET, "table"))
                .put("table", Stock.routes("table", "first"))
                .put("first", Stock.cluster("first"))
                .put("first", Stock.endpoints("first", server("one", InsecureServerCredentials.create())));
        bridge();
        ManagedChannel channel = channel();
        assertThat(Greeter.greet(channel)).isEqualTo("one");

        resources
                .put("second", Stock.cluster("second"))
                .put("second", Stock.endpoints("second", server("two", InsecureServerCredentials.create())))
                .put("table", Stock.routes("table", "second"));

        Eventually.is("it follows the table", () -> Greeter.greet(channel).equals("two"));
    }

    @Test
    void aResourceThatItRefusesLeavesWhatItHasAndOneThatIsGoneEndsIt() throws Exception {
        resources
                .put(TARGET, Stock.listener(TARGET, "table"))
                .put("table", Stock.routes("table", "first"))
                .put("first", Stock.cluster("first"))
                .put("first", Stock.endpoints("first", server("one", InsecureServerCredentials.create())));
        bridge();
        ManagedChannel channel = channel();
        assertThat(Greeter.greet(channel)).isEqualTo("one");

        resources.put(
                "first",
                Stock.cluster("first").toBuilder().clearEdsClusterConfig().build());
        Eventually.is("the refusal is said", () -> !notices.refused.isEmpty());
        assertThat(notices.refused).singleElement(STRING).contains("Cluster first: field eds_cluster_config");
        assertThat(Greeter.greet(channel)).isEqualTo("one");

        resources.whole().remove(TARGET, Stock.listener(TARGET, "table"));
        Eventually.is("the name is gone", () -> failure(channel).contains(TARGET));
    }

    @Test
    void whatDoesNotExistIsSaidNotToAtOnceOfEachType() throws Exception {
        resources
                .whole()
                .put(TARGET, Stock.listener(TARGET, "table"))
                .put("table", Stock.routes("table", "first"))
                .put("first", Stock.cluster("first"))
                .put("first", Stock.endpoints("first", server("one", InsecureServerCredentials.create())));
        bridge();
        ManagedChannel channel = channel();
        assertThat(Greeter.greet(channel)).isEqualTo("one");

        resources.put("table", Stock.routes("table", "nobody"));
        Eventually.is(
                "the cluster is missing", () -> failure(channel).matches("UNAVAILABLE: .*nobody.* does not exist"));
        resources.put("nobody", Stock.cluster("nobody"));
        Eventually.is(
                "the endpoints are missing",
                () -> failure(channel).matches("UNAVAILABLE: No usable endpoint from cluster: nobody"));
        resources.put("nobody", Stock.endpoints("nobody", server("two", InsecureServerCredentials.create())));
        Eventually.is("they have come", () -> failure(channel).isEmpty());
        assertThat(Greeter.greet(channel)).isEqualTo("two");

        resources.put(TARGET, Stock.listener(TARGET, "lost"));
        Eventually.is("the table is missing", () -> failure(channel).startsWith("UNAVAILABLE: "));
        resources.put(TARGET, Stock.listener(TARGET, "table"));
        Eventually.is("the table is back", () -> failure(channel).isEmpty());
    }

    @Test
    void aNameThatDoesNotExistIsSaidNotToHoweverFastTheStreamIs() {
        resources.whole();
        bridge();
        // The race that is kept out is lost sooner or later once the code is warm.
        for (int i = 0; i < 30; i++) {
            String name = "nobody-" + i;
            ManagedChannel channel = Grpc.newChannelBuilder("xds:///" + name, InsecureChannelCredentials.create())
                    .build();
            assertThat(failure(channel)).contains("UNAVAILABLE", name);
            channel.shutdownNow();
        }
    }

    @Test
    void callsSayWhyNothingComes() throws Exception {
        resources.obstacle("control plane mesh.internal:15012: connection refused");
        bridge();

        assertThatThrownBy(() -> Greeter.greet(channel()))
                .hasMessageContaining("UNAVAILABLE")
                .hasMessageContaining("control plane mesh.internal:15012: connection refused");
    }

    @Test
    void whereMutualTlsIsAskedForItShowsTheMeshsCertificateOfNow() throws Exception {
        MutualTls tls = new MutualTls();
        ServerCredentials onlyProductpage = TlsServerCredentials.newBuilder()
                .keyManager(MeshKeys.of(tls.reviews, Ticker.system()))
                .trustManager(MeshTrust.forPeers(
                        tls.reviews, AllowedPeers.of(List.of(MutualTls.PRODUCTPAGE)), Ticker.system()))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
        resources
                .put(TARGET, Stock.listener(TARGET, "table"))
                .put("table", Stock.routes("table", "first"))
                .put("first", Stock.encrypted("first"))
                .put("first", Stock.endpoints("first", server("one", onlyProductpage)));
        bridge();
        ManagedChannel channel = channel();
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> failure(channel));
        Eventually.is("it waits for an identity", () -> channel.getState(false) == ConnectivityState.CONNECTING);
        identity.set(tls.ca.identity(MutualTls.REVIEWS, 1));
        assertThat(waiting.get(20, TimeUnit.SECONDS))
                .as("not the caller that the server takes")
                .contains("UNAVAILABLE");

        identity.set(tls.ca.identity(MutualTls.PRODUCTPAGE, 2));
        channel.resetConnectBackoff();

        Eventually.is("the server takes the caller", () -> {
            channel.resetConnectBackoff();
            return failure(channel).isEmpty();
        });
        assertThat(Greeter.greet(channel)).isEqualTo("one");
    }

    private void bridge() {
        parts.push(Bridge.open(resources, identity, notices));
    }

    private ManagedChannel channel() {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "xds:///" + TARGET, XdsChannelCredentials.create(InsecureChannelCredentials.create()))
                .build();
        // Until then the next test would be given its stream, to a bridge that is closed.
        parts.push(() -> channel.shutdownNow().awaitTermination(20, TimeUnit.SECONDS));
        return channel;
    }

    private int server(String name, ServerCredentials credentials) throws Exception {
        Server server = Grpc.newServerBuilderForPort(0, credentials)
                .addService(Greeter.service(name))
                .build()
                .start();
        parts.push(server::shutdownNow);
        return server.getPort();
    }

    /** Empty: it went well. */
    private static String failure(ManagedChannel channel) {
        // Sooner than grpc-xds takes by itself to believe that something is missing.
        return Greeter.failure(channel, 10);
    }
}
