package dev.weft.http.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.request.LocalReply;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How connections are used. */
public interface ConnectionContract extends Fixture {

    @Test
    default void connectionsAreReused() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews().at(server.address()));
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(Ask.post("/echo", "body " + i)).text()).endsWith("body " + i);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    default void aConnectionServesSoManyRequestsAndNoMore() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews().maxRequestsPerConnection(2).at(server.address()));
            for (int i = 0; i < 6; i++) {
                assertThat(client.send(Ask.get("/echo")).text()).startsWith("GET");
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    default void whatComesWhileThePoolIsFullWaitsOrIsRefused() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.singleFile("v1");
            Subject client = bench.client(reviews().breakers(1, 1).at(server.address()));
            client.send(Ask.get("/echo")).close();
            CompletableFuture<Got> first = client.begin(Ask.get("/never"));
            Eventually.is("first is under way", () -> server.running() == 1);
            CompletableFuture<Got> second = client.begin(Ask.get("/echo"));
            Eventually.is("second waits", () -> bench.transport().waiting() == 1);

            Got third = client.send(Ask.get("/echo"));
            assertThat(third.status()).isEqualTo(503);
            assertThat(third.header(LocalReply.FLAGS_HEADER)).isEqualTo("UO");
            third.close();

            first.cancel(true);
            assertThat(second.get(10, TimeUnit.SECONDS).text()).startsWith("GET /echo");
        }
    }

    @Test
    default void aConnectionThatTheServerClosedIsNotUsedAgain() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews().at(server.address()));
            client.send(Ask.get("/echo")).close();
            server.dropConnections();
            Eventually.is("connection is gone here too", () -> bench.transport().connections() == 0);

            assertThat(client.send(Ask.get("/echo")).status()).isEqualTo(200);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    default void callsGoOnWhileTheIdentityIsRenewed() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews().at(server.address()));
            // More than what waits unread anywhere, so that it is still coming when the certificate changes.
            long bytes = 8_000_000;
            try (Got running = client.send(Ask.get("/stream/" + bytes))) {
                assertThat(running.body().read()).isZero();
                bench.rotateIdentity();

                assertThat(client.send(Ask.get("/echo")).text()).startsWith("GET /echo");
                assertThat(running.body().transferTo(OutputStream.nullOutputStream()))
                        .isEqualTo(bytes - 1);
            }
            assertThat(client.send(Ask.get("/echo")).text()).startsWith("GET /echo");
            // In plaintext nothing has changed, and HTTP/2 needs one connection for everything.
            assertThat(server.connections()).isEqualTo(http2() && !encrypted() ? 1 : 2);
        }
    }

    @Test
    default void aThousandCallsAtOnceAllGetTheirOwnAnswer() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews()
                    .breakers(64, 1_000_000)
                    .at(bench.server("v1").address(), bench.server("v2").address()));
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Ask ask = Ask.post("/echo", "call " + i);
                answers.add(client.begin(ask).thenApply(Texts::of));
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).endsWith("\ncall " + i);
            }
            assertThat(bench.transport().connections()).isLessThanOrEqualTo(66);
            bench.observer.awaitCalls(1_000);
        }
    }

    @Test
    default void namesTheMeshDoesNotKnowPassThrough() throws Exception {
        try (Bench bench = bench();
                TestServer outside = TestServer.start("outside", false)) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));
            String url = "http://localhost:" + outside.address().getPort() + "/echo";

            assertThat(client.send(Ask.url(url)).text()).contains("server: outside\n");
        }
    }
}
