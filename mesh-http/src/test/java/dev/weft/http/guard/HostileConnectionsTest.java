package dev.weft.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.SnapshotSource;
import dev.weft.config.TlsMode;
import dev.weft.http.guard.CorpusTest.Server;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Leaks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are no requests leave nothing behind, and others are served meanwhile. */
final class HostileConnectionsTest {
    static {
        Leaks.watch();
    }

    private static final int EACH = 25;

    /** The beginning of a ClientHello that announces 512 bytes. */
    private static final String HELLO = "\u0016\u0003\u0001\u0002\0\u0001\0\1\u00fc\u0003\u0003";

    @ParameterizedTest
    @EnumSource
    void othersAreServedAndNothingStays(Server server) throws Exception {
        Site.Handlers handlers = new Site.Handlers();
        try (Mesh mesh = Mesh.builder()
                        .service("reviews")
                        .ignoreEnvironment()
                        .trust(Trust.of(GuardContract.OWN))
                        .snapshots(SnapshotSource.of(Rules.snapshot(TlsMode.PERMISSIVE)))
                        .start();
                Site site = server.start(mesh, handlers)) {
            List<RawClient> open = new ArrayList<>();
            Random random = new Random(20);
            for (int i = 0; i < EACH; i++) {
                for (InetSocketAddress port : List.of(site.plaintext(), site.tls())) {
                    byte[] garbage = new byte[1 + random.nextInt(400)];
                    random.nextBytes(garbage);
                    StringBuilder text = new StringBuilder();
                    for (byte b : garbage) {
                        text.append((char) (b & 0xFF));
                    }
                    open.add(sent(port, text.toString()));
                    open.add(sent(port, HELLO.substring(0, 1 + i % HELLO.length())));
                    open.add(sent(port, "GET /public HTTP/1.1\r\nHo"));
                    open.add(sent(port, "POST /public HTTP/1.1\r\nHost: reviews\r\nContent-Length: 10\r\n\r\n123"));
                    open.add(sent(port, ""));
                    open.add(sent(port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0"));
                }
            }
            try (RawClient plaintext = RawClient.plaintext(site.plaintext());
                    RawClient tls = RawClient.tls(site.tls(), GuardContract.CALLER)) {
                assertThat(plaintext
                                .send(GuardContract.get("/public/meanwhile"))
                                .answer()
                                .status())
                        .isEqualTo(200);
                assertThat(tls.send(GuardContract.get("/public/meanwhile"))
                                .answer()
                                .status())
                        .isEqualTo(200);
            }
            for (RawClient client : open) {
                client.close();
            }
            Eventually.is("all requests ended", () -> mesh.inbound().active() == 0);
            assertThat(handlers.reached)
                    .filteredOn(seen -> seen.path().contains("meanwhile"))
                    .hasSize(2);
        }
        Leaks.none();
    }

    private static RawClient sent(InetSocketAddress port, String text) throws IOException {
        RawClient client = RawClient.plaintext(port);
        try {
            return client.send(text);
        } catch (IOException e) {
            // Refused already, which is right as well.
            return client;
        }
    }
}
