package dev.weft.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.http.MeshResponse;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RawServer;
import dev.weft.http.kit.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that speak no HTTP, or too much of it. */
@Timeout(60)
final class HostileHttp1Test {
    private static final String URL = "http://reviews:9080/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001 nonsense\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nx-null: a\u0000b\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n",
            })
    void whatIsNoResponseIsAnAnswerOfTheMesh(String nonsense) throws IOException {
        try (RawServer server = RawServer.answering(nonsense);
                Station station = new Station(Snapshots.reviews().at(server.address()))) {
            MeshResponse response = station.client.get(URL);

            assertThat(response.status()).as(nonsense).isEqualTo(503);
            assertThat(response.header("x-mesh-flags")).isEqualTo("UC");
            assertThat(response.header("x-mesh-reason")).contains("is no HTTP/1.1 response");
            Eventually.is("connection is closed", () -> server.openConnections() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nconte", "HTTP/1.1 100 Continue\r\n\r\n"})
    void aHeadThatBreaksOffIsAReset(String part) throws IOException {
        try (RawServer server = RawServer.answeringOnce(part);
                Station station = new Station(Snapshots.reviews().at(server.address()))) {
            assertThat(station.client.get(URL).header("x-mesh-flags")).isEqualTo("UC");
            Eventually.is("attempt reported", () -> station.observer.attempts.contains("PRIMARY RESET"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 100\r\n\r\nshort",
                "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
                "transfer-encoding: chunked\r\n\r\n5\r\nhelloo\r\n0\r\n\r\n",
                "transfer-encoding: chunked\r\n\r\n-1\r\n",
            })
    void aBodyThatIsNotWholeIsAnError(String rest) throws IOException {
        try (RawServer server = RawServer.answeringOnce("HTTP/1.1 200 OK\r\n" + rest);
                Station station = new Station(Snapshots.reviews().at(server.address()))) {
            MeshResponse response = station.client.get(URL);
            // Where head and nonsense come together the mesh may still answer; where the head was given, the reader
            // hears.
            if (response.status() == 200) {
                assertThatThrownBy(response::text).isInstanceOf(UncheckedIOException.class);
            } else {
                assertThat(response.header("x-mesh-flags")).isEqualTo("UC");
            }
        }
    }

    @Test
    void aBodyWithoutLengthEndsWithTheConnection() throws IOException {
        try (RawServer server = RawServer.answeringOnce("HTTP/1.0 200 OK\r\n\r\nall there is");
                Station station = new Station(Snapshots.reviews().at(server.address()))) {
            assertThat(station.client.get(URL).text()).isEqualTo("all there is");
        }
    }

    @Test
    void aSecondResponseAnswersNobody() throws IOException {
        String two = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst"
                + "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged";
        try (RawServer server = RawServer.answering(two);
                Station station = new Station(Snapshots.reviews().at(server.address()))) {
            for (int i = 0; i < 5; i++) {
                assertThat(station.client.get(URL).text()).isEqualTo("first");
            }
            assertThat(server.connections()).isEqualTo(5);
        }
    }

    @Test
    void moreThanTheAnnouncedLengthIsNotRead() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst and more");
                Station station = new Station(Snapshots.reviews().at(server.address()))) {
            assertThat(station.client.get(URL).text()).isEqualTo("first");
            assertThat(station.client.get(URL).text()).isEqualTo("first");
        }
    }

    @Test
    void endlessHeadersAreCutOff() throws IOException {
        RawServer.Script endless = talk -> {
            talk.readHead();
            talk.write("HTTP/1.1 200 OK\r\n");
            while (true) {
                talk.write("x-more: " + "y".repeat(1000) + "\r\n");
            }
        };
        try (RawServer server = RawServer.start(endless);
                Station station = new Station(Snapshots.reviews().at(server.address()))) {
            MeshResponse response = station.client.get(URL);

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("x-mesh-reason")).contains("65536");
            Eventually.is("connection is closed", () -> server.openConnections() == 0);
        }
    }

    @Test
    void headsUpToSixtyKilobytesPass() throws IOException {
        String head = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx-big: " + "b".repeat(60 * 1024) + "\r\n\r\n";
        try (RawServer server = RawServer.answering(head);
                Station station = new Station(Snapshots.reviews().at(server.address()))) {
            assertThat(station.client.get(URL).header("x-big")).hasSize(60 * 1024);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "HTTP/1.1 103 Early Hints\r\n\r\n"})
    void aTrickleEndsWithTheRouteTimeout(String drop) throws IOException {
        RawServer.Script trickle = talk -> {
            talk.readHead();
            talk.write(drop.length() == 1 ? "HTTP/1.1 200 OK\r\nx-slow: " : "");
            while (true) {
                talk.write(drop);
                LockSupport.parkNanos(5_000_000);
            }
        };
        try (RawServer server = RawServer.start(trickle);
                Station station = new Station(
                        Snapshots.reviews().timeout(Duration.ofMillis(300)).at(server.address()))) {
            assertThat(station.client.get(URL).status()).isEqualTo(504);
            Eventually.is("connection is closed", () -> server.openConnections() == 0);
        }
    }

    @Test
    void whatNobodyAskedForClosesAnIdleConnection() throws IOException {
        RawServer.Script talksUnasked = talk -> {
            talk.readHead();
            talk.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            LockSupport.parkNanos(50_000_000);
            talk.write("HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n");
            talk.awaitEnd();
        };
        try (RawServer server = RawServer.start(talksUnasked);
                Station station = new Station(Snapshots.reviews().at(server.address()))) {
            assertThat(station.client.get(URL).text()).isEqualTo("ok");
            Eventually.is("connection is closed", () -> station.transport.connections() == 0);
            assertThat(station.client.get(URL).text()).isEqualTo("ok");
        }
    }
}
