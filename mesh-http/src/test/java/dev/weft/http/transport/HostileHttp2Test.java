package dev.weft.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.Cluster;
import dev.weft.config.RetryOn;
import dev.weft.http.MeshResponse;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RawServer;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP/2 servers that refuse, leave, or are none. */
@Timeout(60)
final class HostileHttp2Test {
    private static final String URL = "http://reviews:9080";
    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int PREFACE = 24;

    private static Snapshots http2() {
        return Snapshots.reviews().protocol(Cluster.Protocol.HTTP2);
    }

    /** Frame of a type on a stream with this payload. */
    private static byte[] frame(int type, int flags, int stream, int... payload) {
        byte[] frame = new byte[9 + payload.length];
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        frame[8] = (byte) stream;
        for (int i = 0; i < payload.length; i++) {
            frame[9 + i] = (byte) payload[i];
        }
        return frame;
    }

    @Test
    void aRefusedStreamMayBeRetriedWhateverItsMethod() {
        try (TestServer server = TestServer.start("v1", true);
                Station station = new Station(
                        http2().retry(1, null, RetryOn.REFUSED_STREAM).at(server.address()))) {
            MeshResponse response = station.client.get(URL + "/refuse");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("x-mesh-flags")).isEqualTo("UR,URX");
            station.observer.awaitAttempts("PRIMARY REFUSED_STREAM", "RETRY REFUSED_STREAM");
            assertThat(station.client.get(URL + "/echo").status()).isEqualTo(200);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void goAwayThatSparesTheStreamIsARefusal() throws IOException {
        RawServer.Script leaves = talk -> {
            talk.read(PREFACE);
            talk.write(SETTINGS);
            talk.write(frame(4, 1, 0));
            // The client's SETTINGS, its window update, its acknowledgement and the first bytes of its HEADERS.
            talk.read(9 + 18 + 9 + 4 + 9 + 9);
            talk.write(frame(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            talk.awaitEnd();
        };
        try (RawServer server = RawServer.start(leaves);
                Station station = new Station(http2().at(server.address()))) {
            MeshResponse response = station.client.get(URL + "/");

            assertThat(response.header("x-mesh-flags")).isEqualTo("UR");
            Eventually.is("reported", () -> station.observer.attempts.contains("PRIMARY REFUSED_STREAM"));
            Eventually.is("connection is closed", () -> station.transport.connections() == 0);
        }
    }

    @Test
    void aServerThatSpeaksHttp1IsNoConnection() throws IOException {
        try (RawServer server = RawServer.answeringOnce("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
                Station station = new Station(http2().at(server.address()))) {
            assertThat(station.client.get(URL + "/").header("x-mesh-flags")).isEqualTo("UF");
        }
    }

    @Test
    void aServerThatSaysNothingIsNoConnection() throws IOException {
        try (RawServer server = RawServer.start(RawServer.Talk::awaitEnd);
                Station station = new Station(
                        http2().connectTimeout(Duration.ofMillis(500)).at(server.address()))) {
            MeshResponse response = station.client.get(URL + "/");

            assertThat(response.header("x-mesh-flags")).isEqualTo("UF");
            assertThat(response.header("x-mesh-reason")).contains("SETTINGS");
        }
    }

    @Test
    void aServerThatAllowsNoStreamIsTriedOnceAndNotWithConnectionAfterConnection() {
        try (TestServer server = TestServer.withStreams("v1", 0);
                Station station = new Station(
                        http2().connectTimeout(Duration.ofMillis(300)).at(server.address()))) {
            MeshResponse response = station.client.get(URL + "/echo");

            assertThat(response.header("x-mesh-flags")).isEqualTo("UF");
            assertThat(response.header("x-mesh-reason")).contains("SETTINGS that allow a stream");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void nonsenseOnAnOpenConnectionResetsItsStreams() throws IOException {
        RawServer.Script nonsense = talk -> {
            talk.read(PREFACE);
            talk.write(SETTINGS);
            talk.read(9 + 18 + 9 + 4 + 9 + 9);
            // DATA on stream 0 is a connection error.
            talk.write(frame(0, 0, 0, 1));
            talk.awaitEnd();
        };
        try (RawServer server = RawServer.start(nonsense);
                Station station = new Station(http2().at(server.address()))) {
            assertThat(station.client.get(URL + "/").header("x-mesh-flags")).isEqualTo("UC");
        }
    }

    @Test
    void aStreamResetInTheMiddleIsAnErrorForTheReader() {
        try (TestServer server = TestServer.start("v1", true);
                Station station = new Station(http2().at(server.address()))) {
            MeshResponse response = station.client.get(URL + "/break");
            assertThatThrownBy(response::text).isInstanceOf(UncheckedIOException.class);
            assertThat(station.client.get(URL + "/echo").status()).isEqualTo(200);
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
