package dev.weft.control.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an issuer's keys come from. */
class KeySetTest {
    private final MovableClock clock = new MovableClock();

    private static String keys(String id) throws Exception {
        return new JWKSet(new ECKeyGenerator(Curve.P_256).keyID(id).generate().toPublicJWK()).toString();
    }

    @Test
    void aFileIsReadAgainWhenItChanges(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("jwks.json"), keys("one"));
        KeySet set = KeySet.file(file);
        assertThat(set.keys().getKeyByKeyId("one")).isNotNull();

        Files.writeString(file, keys("two"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(clock.epochMillis() + 5000));

        assertThat(set.keys().getKeyByKeyId("two")).isNotNull();
        Files.delete(file);
        assertThatThrownBy(set::keys).isInstanceOf(RefusedException.class).hasMessageContaining("jwks.json");
    }

    @Test
    void aUrlIsAskedAgainForAnUnknownKeyButNotForEveryOne() throws Exception {
        LinkedBlockingQueue<String> bodies = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<Integer> asked = new LinkedBlockingQueue<>();
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/jwks", exchange -> {
            byte[] body = bodies.remove().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            asked.add(1);
        });
        http.start();
        bodies.add(keys("one"));
        bodies.add(keys("two"));
        URI url = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/jwks");
        try (RemoteKeySet set = RemoteKeySet.of(url, true, clock)) {
            assertThat(asked.poll(20, TimeUnit.SECONDS)).isNotNull();
            await(set, "one");

            set.missed();
            clock.advance(Duration.ofSeconds(31));
            set.missed();
            set.missed();

            await(set, "two");
            assertThat(asked).hasSize(1);
        } finally {
            http.stop(0);
        }
    }

    private static void await(RemoteKeySet set, String id) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() - deadline < 0) {
            try {
                if (set.keys().getKeyByKeyId(id) != null) {
                    return;
                }
            } catch (RefusedException e) {
                assertThat(e.reason()).isEqualTo(RefusedException.Reason.UNAVAILABLE);
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("key " + id + " did not arrive within 20 s");
    }

    @Test
    void aUrlIsHttpsAndLeadsToNoLocalAddress() throws Exception {
        assertThatThrownBy(() -> RemoteKeySet.of(URI.create("http://issuer.example/jwks"), false, clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
        try (RemoteKeySet set = RemoteKeySet.of(URI.create("https://169.254.169.254/jwks"), false, clock)) {
            assertThatThrownBy(set::keys).isInstanceOf(RefusedException.class);
        }
    }
}
