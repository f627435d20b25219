package dev.weft.http.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Copies of requests. */
public interface MirrorContract extends Fixture {

    @Test
    default void mirrorsGetTheBodyAndNobodyWaitsForThem() throws Exception {
        try (Bench bench = bench()) {
            TestServer mirror = bench.server("mirror");
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews().mirror(mirror.address()).at(server.address()));

            assertThat(client.send(Ask.post("/echo", "twice")).text()).contains("server: v1\n");
            Eventually.is("copy arrived", () -> mirror.requests().contains("POST /echo"));
            Eventually.is("copy is over", () -> bench.observer.attempts.contains("MIRROR 200"));
        }
    }

    @Test
    default void aDeadMirrorChangesNothing() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(
                    reviews().mirror(TestServer.nobody()).at(bench.server("v1").address()));

            assertThat(client.send(Ask.get("/echo")).status()).isEqualTo(200);
            Eventually.is("copy is over", () -> bench.observer.attempts.contains("MIRROR CONNECT"));
        }
    }
}
