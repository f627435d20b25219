package dev.weft.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpsKeyFetchTest {
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        blocking.shutdownNow();
    }

    private void answers(int status, byte[] body, String... header) {
        server.createContext("/keys", exchange -> {
            if (header.length > 0) {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    }

    private KeySet fetch(URI url, boolean local, Duration timeout) throws Exception {
        return KeyFetch.https(url, local, timeout, blocking, Ticker.system())
                .fetch()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private void failsWith(String words) {
        assertThatThrownBy(() -> fetch(url(), true, Duration.ofSeconds(5)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining(words);
    }

    @Test
    void keysAreFetched() throws Exception {
        answers(200, Tokens.jwks(Tokens.RSA).getBytes(StandardCharsets.UTF_8));
        KeySet keys = fetch(url(), true, Duration.ofSeconds(5));
        assertThat(keys.verify(Jwt.parse(Tokens.signed(Tokens.RSA, "{}")))).isEqualTo(JwtStatus.OK);
    }

    @Test
    void nobodyIsRedirected() {
        answers(302, new byte[0], "location", "file:///etc/passwd");
        failsWith("status 302, 200 was expected");
    }

    @Test
    void anErrorPageIsNoKeySet() {
        answers(500, "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8));
        failsWith("status 500");
    }

    @Test
    void aMegabyteIsEnough() {
        answers(200, new byte[(1 << 20) + 1]);
        failsWith("more than 1048576 bytes");
    }

    @Test
    void whatIsNoJsonFails() {
        answers(200, "<html>".getBytes(StandardCharsets.UTF_8));
        failsWith("ParseException");
    }

    @Test
    void aServerThatTricklesIsGivenUp() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            blocking.execute(() -> trickle(listener));
            URI slow = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/keys");
            assertThatThrownBy(() -> fetch(slow, true, Duration.ofMillis(300)))
                    .hasMessageContaining("not answered within 300 ms");
        }
    }

    /** One byte after the other, each in time, until nobody reads any more. */
    private static void trickle(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!Thread.currentThread().isInterrupted()) {
                out.write(' ');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer/keys",
                "ftp://issuer/keys",
                "file:///etc/passwd",
                "https:///keys",
                "https://user:secret@issuer/keys",
                "keys"
            })
    void whatIsNoHttpsUrlIsRefused(String url) {
        assertThatThrownBy(
                        () -> KeyFetch.https(URI.create(url), false, Duration.ofSeconds(1), blocking, Ticker.system()))
                .hasMessageContaining("an https URL with a host was expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/keys",
                "https://localhost/keys",
                "https://[::1]/keys",
                "https://0.0.0.0/keys",
                "https://169.254.169.254/latest/meta-data",
                "https://[fe80::1]/keys",
                "https://[::ffff:127.0.0.1]/keys",
                "https://[64:ff9b::a9fe:a9fe]/keys",
                "https://[::7f00:1]/keys",
                "https://[fd00:ec2::254]/keys",
                "https://224.0.0.1/keys",
                "https://2130706433/keys"
            })
    void thisMachineAndItsMetadataServiceAreNotAsked(String url) {
        assertThatThrownBy(() -> fetch(URI.create(url), false, Duration.ofSeconds(5)))
                .satisfies(failure -> assertThat(failure.getMessage())
                        .matches("(?s).*(is local, a public address was expected|name is not known|UnknownHost).*"));
    }

    /** The name may have led elsewhere when it was looked at before: what counts is where the socket goes. */
    @Test
    void theAddressIsJudgedWhenItIsConnectedTo() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new CheckedSockets((SSLSocketFactory) SSLSocketFactory.getDefault(), false, () -> 1000)
                        .createSocket()) {
            assertThatThrownBy(() -> socket.connect(listener.getLocalSocketAddress(), 1000))
                    .hasMessageContaining("is local");
            assertThat(socket.isConnected()).isFalse();
        }
    }

    @Test
    void aSocketThatWasConnectedByOthersIsJudgedToo() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket connected = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            CheckedSockets sockets =
                    new CheckedSockets((SSLSocketFactory) SSLSocketFactory.getDefault(), false, () -> 1000);
            assertThatThrownBy(() -> sockets.createSocket(connected, "issuer", 443, true))
                    .hasMessageContaining("is local");
        }
    }
}
