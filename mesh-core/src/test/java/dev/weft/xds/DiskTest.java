package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.MeshSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last good configuration outlives the process. */
final class DiskTest {
    private static final String REVIEWS = "reviews.default.svc.cluster.local:9080";
    private static final String V1 = "outbound|9080|v1|reviews.default.svc.cluster.local";

    @TempDir
    Path directory;

    private ScriptedControlPlane server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedControlPlane.meshControl();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRestartWithTheControlPlaneDownServesWhatTheLastRunHad() throws IOException {
        lastRun();
        server.close();

        try (Client client = Client.of(server, directory, XdsOptions.DEFAULT)) {
            assertThat(client.host(REVIEWS).loaded()).isTrue();
            assertThat(client.last().source()).isEqualTo(MeshSnapshot.Source.DISK);
            assertThat(client.last().endpoints()).containsOnlyKeys(V1);
            assertThat(client.source.state().source()).isEqualTo(MeshSnapshot.Source.DISK);
            assertThat(client.source.state().acceptedMillis()).isPositive();
            client.advance(Duration.ofMinutes(5));
            assertThat(client.source.state().age(client.world.epochMillis())).isEqualTo(Duration.ofMinutes(5));
        }
    }

    @Test
    void aRestartAsksAtOnceForTheNamesOfTheLastRunAndSaysWhatItHas() throws IOException {
        lastRun();

        try (Client client = Client.of(server, directory, XdsOptions.DEFAULT)) {
            assertThat(server.asked(ResourceType.CLUSTER).getInitialResourceVersionsMap())
                    .containsOnlyKeys(V1);
            server.push(ResourceType.CLUSTER);
            assertThat(server.asked(ResourceType.LISTENER).getResourceNamesSubscribeList())
                    .containsExactly(REVIEWS);
            server.answer(server.push(ResourceType.VIRTUAL_HOST));

            client.settled("confirmed", () -> client.last().source() == MeshSnapshot.Source.STREAM);
            assertThat(client.host(REVIEWS).loaded()).isTrue();
        }
    }

    @Test
    void aCorruptFileIsPutAsideAndNotUsed() throws IOException {
        lastRun();
        Path file = file();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        server.close();

        try (Client client = Client.of(server, directory, XdsOptions.DEFAULT)) {
            assertThat(client.last()).isNull();
            assertThat(directory.resolve(file.getFileName() + ".corrupt")).hasBinaryContent(bytes);
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aNegativeLengthBehindARightChecksumIsNoConfiguration() throws Exception {
        byte[] body = {0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(("weft-xds-1 sha256:" + sum + "\n").getBytes(StandardCharsets.US_ASCII));
        file.write(body);
        assertThatThrownBy(() -> StoredFile.decode(file.toByteArray()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("-1 bytes");
    }

    @Test
    void aTruncatedOrForeignFileIsNoException() throws IOException {
        lastRun();
        Path file = file();
        byte[] bytes = Files.readAllBytes(file);
        for (byte[] broken :
                List.of(new byte[0], new byte[] {1, 2, 3}, java.util.Arrays.copyOf(bytes, bytes.length / 2))) {
            Files.write(file, broken);
            assertThat(new ResourceCache(directory, Client.NODE).load()).isNull();
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenLeavesTheClientAtWork() throws IOException {
        Path blocked = Files.createFile(directory.resolve("file")).resolve("below");
        try (Client client = Client.indexed(server, blocked, REVIEWS)) {
            client.load(server, REVIEWS, V1);
            client.advance(Duration.ofSeconds(1));

            assertThat(client.host(REVIEWS).loaded()).isTrue();
        }
    }

    @Test
    void aRefusedResourceIsNotWrittenOverItsLastGoodVersion() throws IOException {
        try (Client client = Client.indexed(server, directory, REVIEWS)) {
            client.load(server, REVIEWS, V1);
            server.answer(server.push(ResourceType.CLUSTER, Resources.badCluster(V1)));
        }

        Stored stored = new ResourceCache(directory, Client.NODE).load();
        assertThat(stored.resources().get(ResourceType.CLUSTER).get(V1).value())
                .isEqualTo(Resources.cluster(V1).toByteString());
        assertThat(stored.used()).containsExactly(REVIEWS);
        assertThat(stored.dialect()).isEqualTo(Dialect.BY_NAME);
    }

    @Test
    void changesAreWrittenWithoutWaitingForTheEnd() throws IOException {
        try (Client client = Client.indexed(server, directory, REVIEWS)) {
            client.advance(Duration.ofSeconds(1));

            Eventually.until("written", () -> Files.exists(new ResourceCache(directory, Client.NODE).file()));
        }
    }

    @Test
    void workloadsWithOtherLabelsHaveTheirOwnFile() {
        Node other = new Node(
                "productpage",
                "default",
                "bookinfo-productpage",
                "productpage-2",
                "127.0.0.1",
                java.util.Map.of("app", "productpage", "version", "v2"),
                dev.weft.config.Locality.NONE);

        assertThat(new ResourceCache(directory, other).file())
                .isNotEqualTo(new ResourceCache(directory, Client.NODE).file());
    }

    private void lastRun() {
        try (Client client = Client.indexed(server, directory, REVIEWS)) {
            client.load(server, REVIEWS, V1);
        }
        server.clear();
    }

    private Path file() throws IOException {
        try (var files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }
}
