package dev.weft.control.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.IstioParser;
import dev.weft.control.istio.RequestAuthentication.JwtRule;
import dev.weft.control.istio.Resource;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchedKeysTest {
    private static final String PRIVATE = "\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\",";
    private static final String KEY = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"%s\"," + PRIVATE
            + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\",\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}";

    private final ManualWorld world = World.manual();
    private HttpServer server = newServer();
    private volatile int status = 200;
    private volatile String keys = set("k1");

    private static HttpServer newServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String set(String id) {
        return "{\"secret\":\"of the server\",\"keys\":[" + KEY.formatted(id)
                + ",{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"},{\"kty\":\"future\"}]}";
    }

    @BeforeEach
    void serve() {
        server.createContext("/keys", exchange -> {
            byte[] body = keys.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/.well-known/openid-configuration", exchange -> {
            byte[] body = ("{\"jwks_uri\":\"" + url("/keys") + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private static IstioConfig config(String rule) {
        List<Resource<?>> resources = new ArrayList<>();
        IstioParser.parse("a.yaml", """
                        apiVersion: security.istio.io/v1
                        kind: RequestAuthentication
                        metadata: {name: r}
                        spec: {jwtRules: [%s]}
                        """.formatted(rule))
                .documents()
                .forEach(parsed -> resources.add(parsed.resource()));
        return IstioConfig.of(resources);
    }

    private static JwtRule rule(IstioConfig config) {
        return config.requestAuthentications().get(0).spec().rules().get(0);
    }

    /** Fetches on the thread that asks: what a test does has happened when it returns. */
    private FetchedKeys ring(boolean local) {
        return new FetchedKeys(local, world.world(), Runnable::run);
    }

    private IstioConfig byUrl() {
        return config("{issuer: i, jwksUri: \"" + url("/keys") + "\"}");
    }

    @Test
    void keysAreFetchedWhenAPolicyNamesThemAndAgainWhenTheyAreOld() {
        try (FetchedKeys ring = ring(true)) {
            IstioConfig config = byUrl();
            AtomicInteger changes = new AtomicInteger();
            ring.onChange(changes::incrementAndGet);
            ring.follow(config);
            assertThat(ring.of(rule(config))).contains("\"k1\"");
            assertThat(changes).hasValue(1);
            keys = set("k2");
            world.advance(Duration.ofMinutes(4));
            assertThat(ring.of(rule(config))).contains("\"k1\"");
            world.advance(Duration.ofMinutes(2));
            assertThat(ring.of(rule(config))).contains("\"k2\"").doesNotContain("\"k1\"");
            assertThat(changes).hasValue(2);
        }
    }

    @Test
    void onlyPublicKeysArePassedOn() {
        try (FetchedKeys ring = ring(true)) {
            IstioConfig config = byUrl();
            ring.follow(config);
            assertThat(ring.of(rule(config))).contains("\"x\"").doesNotContain("\"d\"", "secret", "oct", "future");
        }
    }

    @Test
    void anIssuerAloneIsAskedWhereItsKeysAre() {
        try (FetchedKeys ring = ring(true)) {
            IstioConfig config = config("{issuer: \"" + url("") + "\"}");
            ring.follow(config);
            assertThat(ring.of(rule(config))).contains("\"k1\"");
        }
    }

    @Test
    void aServerThatFailsLeavesNoKeysAndIsAskedAgain() {
        status = 500;
        try (FetchedKeys ring = ring(true)) {
            IstioConfig config = byUrl();
            ring.follow(config);
            assertThat(ring.of(rule(config))).isNull();
            status = 200;
            world.advance(Duration.ofSeconds(31));
            assertThat(ring.of(rule(config))).contains("\"k1\"");
        }
    }

    @Test
    void keysThatCannotBeRefreshedStayForAnHour() {
        try (FetchedKeys ring = ring(true)) {
            IstioConfig config = byUrl();
            ring.follow(config);
            status = 500;
            world.advance(Duration.ofMinutes(50));
            assertThat(ring.of(rule(config))).contains("\"k1\"");
            world.advance(Duration.ofMinutes(11));
            assertThat(ring.of(rule(config))).isNull();
        }
    }

    @Test
    void thisMachineIsNotAskedUnlessThatIsAllowed() {
        try (FetchedKeys ring = ring(false)) {
            for (String url :
                    List.of(url("/keys"), url("/keys").replace("http:", "https:"), "https://169.254.169.254/k")) {
                IstioConfig config = config("{issuer: i, jwksUri: \"" + url + "\", timeout: 1s}");
                ring.follow(config);
                assertThat(ring.of(rule(config))).isNull();
            }
            assertThat(ring.revision()).isZero();
        }
    }

    @Test
    void keysThatNoPolicyNamesAreForgotten() {
        try (FetchedKeys ring = ring(true)) {
            IstioConfig config = byUrl();
            ring.follow(config);
            ring.follow(IstioConfig.EMPTY);
            assertThat(ring.of(rule(config))).isNull();
        }
    }
}
