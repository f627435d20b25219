package dev.weft.control.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens whose keys lie behind a URL: the control plane fetches them, the workload verifies, and neither asks twice. */
final class IssuerKeysTest {
    @TempDir
    Path directory;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    @Test
    void aTokenIsWorthWhatItsIssuersPublishedKeySays() throws Exception {
        ECKey key = key();
        HttpServer issuer = answering(unguarded(), new JWKSet(key.toPublicJWK()).toString());
        URI reviews = workload(true, "http://localhost:" + issuer.getAddress().getPort() + "/");
        TestClient.until(() -> status(reviews, token(key)) == 200);
        assertThat(status(reviews, token(key()))).isEqualTo(401);
        assertThat(status(reviews, "")).isEqualTo(403);
    }

    @Test
    void keysOnThisMachineAreNotFetchedUnlessThatIsAllowedAndNoTokenIsBelievedThen() throws Exception {
        ECKey key = key();
        HttpServer issuer = answering(unguarded(), new JWKSet(key.toPublicJWK()).toString());
        URI reviews = workload(false, "http://localhost:" + issuer.getAddress().getPort() + "/");
        TestClient.until(() -> status(reviews, "") == 403);
        assertThat(status(reviews, token(key))).isEqualTo(401);
    }

    /** Which demands a token of the issuer whose keys are there. */
    private URI workload(boolean localKeys, String keys) throws IOException {
        Path config = Files.createDirectory(directory.resolve("mesh"));
        Files.writeString(config.resolve("tokens.yaml"), """
                apiVersion: security.istio.io/v1
                kind: RequestAuthentication
                metadata: {name: tokens}
                spec: {jwtRules: [{issuer: me, jwksUri: "%s"}]}
                ---
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: tokens}
                spec: {rules: [{from: [{source: {requestPrincipals: ["me/alice"]}}]}]}
                """.formatted(keys));
        ControlPlane plane =
                ControlPlane.start(ControlPlaneOptions.of(config).withPort(0).withLocalKeys(localKeys));
        parts.push(plane);
        Mesh mesh = Mesh.builder()
                .ignoreEnvironment()
                .service("reviews")
                .port(9080)
                .controlPlane(plane.target())
                .trust(Trust.none())
                .dataDirectory(directory.resolve("reviews"))
                .start();
        parts.push(mesh);
        HttpServer server = answering(mesh.guard(unguarded()), "application");
        mesh.awaitReady(Duration.ofSeconds(20));
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    private static HttpServer unguarded() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    private HttpServer answering(HttpServer server, String text) {
        server.createContext("/", exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        parts.push(() -> server.stop(0));
        return server;
    }

    private int status(URI to, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to);
        if (!token.isEmpty()) {
            request.header("authorization", "Bearer " + token);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException e) {
            // Before its first policy a workload takes no connection.
            return 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey key() throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    }

    private static String token(ECKey key) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(),
                    new JWTClaimsSet.Builder().issuer("me").subject("alice").build());
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
