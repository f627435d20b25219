package dev.weft.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.TlsMode;
import dev.weft.http.guard.RawClient;
import dev.weft.http.guard.Rules;
import dev.weft.http.identity.Workloads;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to the JDK's servers: whose TLS, whose user, whose contexts, which ports. */
final class GuardedHttpsServerTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n";

    private final Workloads ca = new Workloads();
    private final HeldIdentity reviews =
            IdentitySource.of(ca.identity("spiffe://cluster.local/ns/default/sa/reviews", 1));
    private final HeldIdentity caller =
            IdentitySource.of(ca.identity("spiffe://cluster.local/ns/default/sa/caller", 1));
    private final StaticSource rules = SnapshotSource.of(Rules.snapshot(TlsMode.PERMISSIVE));
    private final Mesh mesh = Mesh.builder()
            .service("reviews")
            .ignoreEnvironment()
            .port(9080)
            .trust(Trust.of(reviews))
            .snapshots(rules)
            .start();

    GuardedHttpsServerTest() throws Exception {}

    @AfterEach
    void close() {
        mesh.close();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] user = String.valueOf(
                        exchange.getPrincipal() == null
                                ? null
                                : exchange.getPrincipal().getUsername())
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, user.length);
        exchange.getResponseBody().write(user);
        exchange.close();
    }

    @Test
    void tlsOfTheApplicationsOwnIsKeptAndProvesNobody() throws Exception {
        HttpsServer given = HttpsServer.create(ANY, 0);
        HttpsServer server = mesh.guard(given);
        server.createContext("/", GuardedHttpsServerTest::answer);
        HttpsConfigurator own = new HttpsConfigurator(MeshTls.server(reviews, AllowedPeers.any()));
        server.setHttpsConfigurator(own);
        server.start();
        try (RawClient client = RawClient.tls(server.getAddress(), caller)) {
            assertThat(server.getHttpsConfigurator()).isSameAs(own);
            assertThat(client.send(GET + "\r\n").answer().body()).isEqualTo("null");
            rules.set(Rules.snapshot(TlsMode.STRICT));
            assertThat(client.send(GET + "\r\n").answer().status()).isZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theCallerIsTheUserWhereTheApplicationAsksForNone() throws Exception {
        HttpsServer server = mesh.guard(HttpsServer.create(ANY, 0));
        server.createContext("/", GuardedHttpsServerTest::answer);
        HttpContext members = server.createContext("/members", GuardedHttpsServerTest::answer);
        members.setAuthenticator(new BasicAuthenticator("members") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return password.equals("secret");
            }
        });
        server.start();
        try (RawClient client = RawClient.tls(server.getAddress(), caller)) {
            assertThat(client.send(GET + "\r\n").answer().body())
                    .isEqualTo("spiffe://cluster.local/ns/default/sa/caller");
            String members401 = "GET /members HTTP/1.1\r\nHost: reviews\r\n";
            assertThat(client.send(members401 + "\r\n").answer().status()).isEqualTo(401);
            String jason = Base64.getEncoder().encodeToString("jason:secret".getBytes(StandardCharsets.UTF_8));
            assertThat(client.send(members401 + "Authorization: Basic " + jason + "\r\n\r\n")
                            .answer()
                            .body())
                    .isEqualTo("jason");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void twoServersServeOneServicePortAndLeaveTheRegistryAsTheyStop() throws Exception {
        HttpServer plaintext = mesh.guard(HttpServer.create(ANY, 0));
        HttpsServer tls = mesh.guard(HttpsServer.create(ANY, 0));
        plaintext.start();
        tls.start();
        assertThat(mesh.servicePort(plaintext.getAddress().getPort())).isEqualTo(9080);
        assertThat(mesh.servicePort(tls.getAddress().getPort())).isEqualTo(9080);

        int gone = plaintext.getAddress().getPort();
        plaintext.stop(0);
        assertThat(mesh.servicePort(gone)).isEqualTo(gone);
        assertThat(mesh.servicePort(tls.getAddress().getPort())).isEqualTo(9080);
        tls.stop(0);
    }

    @Test
    void aContextThatNobodyWouldGuardIsRefused() throws Exception {
        HttpServer server = HttpServer.create(ANY, 0);
        server.createContext("/");
        assertThatThrownBy(() -> mesh.guard(server))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("make contexts on");
        server.stop(0);
    }

    @Test
    void contextsComeAndGoByTheLongestPath() throws Exception {
        HttpServer server = mesh.guard(HttpServer.create(ANY, 0));
        server.createContext("/a", exchange -> exchange.sendResponseHeaders(201, -1));
        HttpContext longer = server.createContext("/a/b", exchange -> exchange.sendResponseHeaders(202, -1));
        server.start();
        try (RawClient client = RawClient.plaintext(server.getAddress())) {
            assertThat(status(client, "/a/bc")).isEqualTo(202);
            server.removeContext(longer);
            assertThat(status(client, "/a/bc")).isEqualTo(201);
            server.removeContext("/a");
            assertThat(status(client, "/a/bc")).isEqualTo(404);
            assertThatThrownBy(() -> server.removeContext("/a")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> server.createContext("a")).isInstanceOf(IllegalArgumentException.class);
        } finally {
            server.stop(0);
        }
    }

    private static int status(RawClient client, String path) throws IOException {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: reviews\r\n\r\n")
                .answer()
                .status();
    }
}
