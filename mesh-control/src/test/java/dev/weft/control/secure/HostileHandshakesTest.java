package dev.weft.control.secure;

import static dev.weft.control.secure.SecurePlane.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.TestClient;
import dev.weft.control.ads.HandmadeSource;
import dev.weft.control.ads.Nodes;
import dev.weft.control.ads.ResourceType;
import dev.weft.identity.Svid;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers do to the TLS port costs the mesh's clients nothing. */
class HostileHandshakesTest {
    /** The first bytes of a ClientHello that never goes on: handshake record, TLS 1.2, 512 bytes. */
    private static final byte[] BEGINNING = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01};

    @TempDir
    Path directory;

    private SecurePlane plane;
    private Svid reviews;
    private TestClient connected;
    private int pushed = 1;

    @BeforeEach
    void start() throws Exception {
        plane = new SecurePlane(directory);
        reviews = plane.certify(REVIEWS);
        connected =
                TestClient.over(plane.channel(reviews, null), Nodes.weft("reviews-1", "default", "reviews", 1, 40_001));
        connected.subscribe(ResourceType.ROUTE, "reviews:9080");
        connected.ack(connected.next());
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    /** A connected client is pushed to, a new one gets a certificate and its configuration. */
    private void healthyClientsAreServed() throws Exception {
        pushed++;
        plane.source
                .put(ResourceType.ROUTE, HandmadeSource.routes("reviews:9080", Integer.toString(pushed)))
                .publish();
        connected.ack(connected.next());
        TestClient fresh = TestClient.over(
                plane.channel(plane.certify(REVIEWS), null),
                Nodes.weft("reviews-" + pushed, "default", "reviews", 1, 40_001));
        fresh.subscribe(ResourceType.ROUTE, "reviews:9080");
        fresh.ack(fresh.next());
    }

    @Test
    void tenThousandHandshakesThatNeverGoOnKeepNobodyOut() throws Exception {
        InetSocketAddress port = new InetSocketAddress(InetAddress.getLoopbackAddress(), plane.tlsPort());
        List<SocketChannel> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 10_000; i++) {
                SocketChannel stranger = SocketChannel.open(port);
                strangers.add(stranger);
                if (i % 2 == 0) {
                    write(stranger, BEGINNING);
                }
                if (i % 2_500 == 2_499) {
                    healthyClientsAreServed();
                }
            }
            healthyClientsAreServed();
        } finally {
            for (SocketChannel stranger : strangers) {
                stranger.close();
            }
        }
    }

    /** The server may have closed it already, which is what it should do. */
    private static void write(SocketChannel stranger, byte[] bytes) {
        try {
            stranger.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    @Test
    void threeHundredClientsThatComeAtOnceAreAllServed() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            TestClient client = TestClient.over(
                    plane.channel(reviews, null), Nodes.weft("reviews-" + i, "default", "reviews", 1, 40_001));
            client.subscribe(ResourceType.ROUTE, "reviews:9080");
            clients.add(client);
        }
        for (TestClient client : clients) {
            client.ack(client.next());
        }
        healthyClientsAreServed();
    }

    @Test
    void garbageIsAnsweredByTheEndOfTheConnection() throws Exception {
        Random random = new Random(7);
        byte[] noise = new byte[4096];
        random.nextBytes(noise);
        for (byte[] garbage : List.of(
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                noise,
                new byte[100_000])) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plane.tlsPort())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(garbage);
                assertThat(drained(socket.getInputStream())).isTrue();
            } catch (IOException reset) {
                // A reset is an end as well.
                assertThat(reset).isNotInstanceOf(java.net.SocketTimeoutException.class);
            }
        }
        healthyClientsAreServed();
    }

    private static boolean drained(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // An alert may come before the end.
            continue;
        }
        return true;
    }

    @Test
    void aFloodOfHandshakesHoldsUpNoStream() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService strangers = Executors.newFixedThreadPool(4);
        List<Future<Integer>> floods = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            floods.add(strangers.submit(() -> {
                int handshakes = 0;
                while (!over.get()) {
                    try (RawTls tls = RawTls.connect(plane.tlsPort())) {
                        assertThat(tls.chain()).isNotEmpty();
                        handshakes++;
                    }
                }
                return handshakes;
            }));
        }
        try {
            for (int i = 0; i < 5; i++) {
                healthyClientsAreServed();
            }
        } finally {
            over.set(true);
        }
        for (Future<Integer> flood : floods) {
            assertThat(flood.get()).isPositive();
        }
        strangers.shutdownNow();
    }
}
