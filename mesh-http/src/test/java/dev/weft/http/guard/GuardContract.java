package dev.weft.http.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.TlsMode;
import dev.weft.http.guard.RawClient.Answer;
import dev.weft.http.identity.Workloads;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.IdentitySource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every guard does. */
public abstract class GuardContract {
    protected static final String REVIEWS = "spiffe://cluster.local/ns/default/sa/reviews";
    protected static final String PRODUCTPAGE = "spiffe://cluster.local/ns/default/sa/productpage";

    protected static final Workloads CA = ca();
    protected static final HeldIdentity CALLER = IdentitySource.of(identity(PRODUCTPAGE));

    protected final RecordingObserver observer = new RecordingObserver();
    protected final StaticSource rules = SnapshotSource.of(Rules.snapshot(TlsMode.PERMISSIVE));
    protected final HeldIdentity own = new HeldIdentity();
    protected final Site.Handlers handlers = new Site.Handlers();
    protected Mesh mesh;
    protected Site site;

    protected abstract Site start(Mesh guarding, Site.Handlers telling) throws Exception;

    /** Whether the guard sees connections, and so can close one without a word. */
    protected boolean closesConnections() {
        return true;
    }

    /** Whether the server has words of its own for what is no request, before a guard is asked. */
    protected boolean answersNonsense() {
        return !closesConnections();
    }

    /** Whether an interim answer is sent by the server before a guard is asked. */
    protected boolean continuesUnasked() {
        return false;
    }

    static final HeldIdentity OWN = IdentitySource.of(identity(REVIEWS));

    static Workloads ca() {
        try {
            return new Workloads();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static dev.weft.identity.Identity identity(String id) {
        try {
            return CA.identity(id, 1);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        own.set(identity(REVIEWS));
        mesh = Mesh.builder()
                .service("reviews")
                .ignoreEnvironment()
                .observer(observer)
                .trust(Trust.of(own))
                .snapshots(rules)
                .start();
        site = start(mesh, handlers);
    }

    @AfterEach
    void end() throws Exception {
        site.close();
        mesh.close();
    }

    protected Answer plaintext(String request) throws IOException {
        try (RawClient client = RawClient.plaintext(site.plaintext())) {
            return client.send(request).answer();
        }
    }

    protected Answer tls(String request) throws IOException {
        try (RawClient client = RawClient.tls(site.tls(), CALLER)) {
            return client.send(request).answer();
        }
    }

    protected static String get(String path, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return "GET " + path + " HTTP/1.1\r\nHost: reviews\r\n" + more + "\r\n";
    }

    @Test
    void theCallerIsTheOneOfTheCertificateAndNobodyInPlaintext() throws Exception {
        assertThat(tls(get("/public/a")).body()).contains("caller=" + PRODUCTPAGE + " ");
        assertThat(plaintext(get("/public/a")).body()).contains("caller=anonymous principal=null");
    }

    @Test
    void strictTakesNoPlaintextConnection() throws Exception {
        rules.set(Rules.snapshot(TlsMode.STRICT));

        Answer refused = plaintext(get("/public/a"));
        assertThat(refused.status()).isEqualTo(closesConnections() ? 0 : 403);
        assertThat(refused.body()).isEmpty();
        assertThat(handlers.reached).isEmpty();
        assertThat(tls(get("/public/a")).status()).isEqualTo(200);
    }

    @Test
    void disableTakesNoTls() throws Exception {
        rules.set(Rules.snapshot(TlsMode.DISABLE));

        if (closesConnections()) {
            assertThatThrownBy(() -> tls(get("/public/a"))).isInstanceOf(IOException.class);
        } else {
            assertThat(tls(get("/public/a")).status()).isEqualTo(403);
        }
        assertThat(handlers.reached).isEmpty();
        assertThat(plaintext(get("/public/a")).status()).isEqualTo(200);
    }

    @Test
    void connectionsThatAreOpenDoNotOutliveThePolicy() throws Exception {
        try (RawClient client = RawClient.plaintext(site.plaintext())) {
            assertThat(client.send(get("/public/a")).answer().status()).isEqualTo(200);
            rules.set(Rules.snapshot(TlsMode.STRICT));

            assertThat(client.send(get("/public/b")).answer().status()).isNotEqualTo(200);
        }
        assertThat(handlers.reached).hasSize(1);
    }

    @Test
    void onOpenConnectionsNonsenseDoesNotOutliveThePolicyEither() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (String nonsense : List.of(
                "OPTIONS * HTTP/1.1\r\nHost: reviews\r\n\r\n",
                "GET /public/b HTTP/1.1\r\nHost: reviews\r\nno field\r\n\r\n",
                "GET /public/b HTTP/1.1\r\n\r\n",
                "GET /public/b HTTP/3.7\r\nHost: reviews\r\n\r\n",
                "GET /public/%zz HTTP/1.1\r\nHost: reviews\r\n\r\n",
                "nonsense\r\n\r\n")) {
            rules.set(Rules.snapshot(TlsMode.PERMISSIVE));
            try (RawClient client = RawClient.plaintext(site.plaintext())) {
                assertThat(client.send(get("/public/a")).answer().status()).isEqualTo(200);
                rules.set(Rules.snapshot(TlsMode.STRICT));

                int status = client.send(nonsense).answer().status();
                if (!answersNonsense()) {
                    softly.assertThat(status).as(nonsense).isZero();
                }
            }
        }
        softly.assertAll();
        assertThat(handlers.reached).hasSize(6);
    }

    @Test
    void whoeverIsDeniedIsToldSoAndNoMore() throws Exception {
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/admin"))));

        Answer denied = plaintext(get("/admin/users"));
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.body()).isEqualTo("RBAC: access denied");
        assertThat(denied.head()).doesNotContain("x-mesh");
        assertThat(plaintext(get("/public/a")).status()).isEqualTo(200);
        Eventually.is(
                "reports", () -> observer.inbound.size() == 2 && mesh.inbound().active() == 0);
        assertThat(observer.inbound).extracting(summary -> summary.status()).containsExactlyInAnyOrder(403, 200);
        assertThat(handlers.reached).extracting(Reached::route).containsExactly("public");
    }

    @Test
    void whoAsksForAnotherProtocolCanBeDenied() throws Exception {
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.header("upgrade", "websocket"))));

        assertThat(plaintext(get("/public/a", "Connection: Upgrade", "Upgrade: websocket"))
                        .status())
                .isEqualTo(403);
        assertThat(plaintext(get("/public/b")).status()).isEqualTo(200);
    }

    @Test
    void aDeniedConnectionGoesOn() throws Exception {
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/admin"))));

        try (RawClient client = RawClient.plaintext(site.plaintext())) {
            assertThat(client.send(get("/admin/a")).answer().status()).isEqualTo(403);
            assertThat(client.send(get("/public/a")).answer().status()).isEqualTo(200);
            // Pipelined: both answers, in order.
            client.send(get("/admin/b") + get("/public/b") + get("/admin/c") + get("/public/c"));
            assertThat(client.answer().status()).isEqualTo(403);
            assertThat(client.answer().body()).contains("path=/public/b ");
            assertThat(client.answer().status()).isEqualTo(403);
            assertThat(client.answer().body()).contains("path=/public/c ");
        }
        Eventually.is(
                "reports", () -> observer.inbound.size() == 6 && mesh.inbound().active() == 0);
    }

    @Test
    void theNormalisedPathIsJudgedAndShownAndChoosesTheHandler() throws Exception {
        assertThat(plaintext(get("/public/../%61dmin/./x")).body()).contains("route=admin", "path=/admin/x ");
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/admin"))));

        assertThat(plaintext(get("/public/../%61dmin/./x")).status()).isEqualTo(403);
        assertThat(handlers.reached).hasSize(1);
    }

    /** What the server itself calls ambiguous, guarded or not. */
    protected List<String> refusedByTheServer() {
        return List.of();
    }

    @Test
    void pathsThatAreOddButMeanOneThingAreServed() throws Exception {
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/admin"))));

        SoftAssertions softly = new SoftAssertions();
        for (String path : List.of(
                "/public//a",
                "/public/a//",
                "/public/./a",
                "/public/x/../a",
                "/public/%2e/a",
                "/public/a;v=1",
                "/public;v=1/a",
                "/public/a%20b",
                "/public/caf%C3%A9",
                "/public/caf%c3%a9",
                "/public/user%40example.com",
                "/public/a%3Ab",
                "/public/a:b@c,d",
                "/public/~a/b.c",
                "/public/a..b",
                "/public/...",
                "/public?x=/admin",
                "/public/?x=%2fadmin%00",
                "/public/admin",
                "/publicadmin",
                "/public/100%25",
                "/public/a+b&c=d")) {
            softly.assertThat(plaintext(get(path)).status())
                    .as(path)
                    .isEqualTo(refusedByTheServer().contains(path) ? 400 : 200);
        }
        softly.assertAll();
    }

    @Test
    void pathsThatDecodeToOtherSegmentsAreNot() throws Exception {
        for (String path :
                List.of("/public/a%2Fb", "/public/a%2fb", "/public/a%5Cb", "/public/a%00b", "/public/%c0%af")) {
            assertThat(plaintext(get(path)).status()).as(path).isEqualTo(400);
        }
        assertThat(handlers.reached).isEmpty();
    }

    @Test
    void theCallersDeadlineIsCurrentAndItsFieldIsGone() throws Exception {
        assertThat(plaintext(get("/public/a", "x-mesh-timeout-ms: 5000", "x-role: reader"))
                        .body())
                .contains("role=reader timeout=null", "deadline=true");
        assertThat(plaintext(get("/public/a")).body()).contains("deadline=false");
    }

    @Test
    void bodiesStreamThrough() throws Exception {
        int length = 3_000_000;
        try (RawClient client = RawClient.tls(site.tls(), CALLER)) {
            client.send("POST /public/upload HTTP/1.1\r\nHost: reviews\r\nContent-Length: " + length + "\r\n\r\n");
            client.send("x".repeat(length));
            assertThat(client.answer().body()).contains("body=" + length);
        }
    }

    @Test
    void aDeniedUploadIsAnsweredAndNotRead() throws Exception {
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/admin"))));

        try (RawClient client = RawClient.plaintext(site.plaintext())) {
            client.send("POST /admin/upload HTTP/1.1\r\nHost: reviews\r\nContent-Length: 50000000\r\n\r\n"
                    + "x".repeat(20_000));
            assertThat(client.answer().status()).isEqualTo(403);
        }
        assertThat(handlers.reached).isEmpty();
    }

    @Test
    void aDecisionThatTakesTimeHoldsTheRequestAndItsBody() throws Exception {
        String upload = " HTTP/1.1\r\nHost: reviews\r\nAuthorization: Bearer " + Rules.token()
                + "\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);
        for (int i = 0; i < 10; i++) {
            rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.tokens(i, false), Rules.deny(Rules.path("/admin"))));
            try (RawClient client = RawClient.tls(site.tls(), CALLER)) {
                Answer served = client.send("POST /public/late" + upload).answer();
                assertThat(served.status()).isEqualTo(200);
                assertThat(served.body()).contains("body=100000", "route=public", "caller=" + PRODUCTPAGE);
                assertThat(client.send(get("/public/next")).answer().status()).isEqualTo(200);
            }
            rules.set(
                    Rules.snapshot(TlsMode.PERMISSIVE, Rules.tokens(100 + i, false), Rules.deny(Rules.path("/admin"))));
            assertThat(plaintext("POST /admin/late" + upload).status()).isEqualTo(403);
            rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.tokens(200 + i, true)));
            assertThat(plaintext("POST /public/late" + upload).status()).isEqualTo(401);
        }
        Eventually.is(
                "reports", () -> observer.inbound.size() == 40 && mesh.inbound().active() == 0);
        assertThat(handlers.reached).hasSize(20);
    }

    @Test
    void nobodyIsAskedToContinueBeforeTheDecision() throws Exception {
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/admin"))));

        String expecting = " HTTP/1.1\r\nHost: reviews\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
        try (RawClient client = RawClient.plaintext(site.plaintext())) {
            assertThat(client.send("POST /admin/a" + expecting).next().status())
                    .isEqualTo(continuesUnasked() ? 100 : 403);
        }
        try (RawClient client = RawClient.plaintext(site.plaintext())) {
            assertThat(client.send("POST /public/a" + expecting).next().status())
                    .isEqualTo(100);
            assertThat(client.send("12345").answer().body()).contains("body=5");
        }
    }

    @Test
    void twoHostsOrAMethodInOtherLettersAreNoRequest() throws Exception {
        assertThat(plaintext("GET /public HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
                        .status())
                .isEqualTo(400);
        assertThat(plaintext("get /public HTTP/1.1\r\nHost: a\r\n\r\n").status())
                .isEqualTo(400);
        assertThat(handlers.reached).isEmpty();
    }

    @Test
    void withoutAnIdentityNoHandshakeSucceeds() throws Exception {
        HeldIdentity nobody = new HeldIdentity();
        Site.Handlers unreached = new Site.Handlers();
        try (Mesh young = Mesh.builder()
                        .service("young")
                        .ignoreEnvironment()
                        .trust(Trust.of(nobody))
                        .snapshots(rules)
                        .start();
                Site closed = start(young, unreached)) {
            InetSocketAddress address = closed.tls();
            assertThatThrownBy(
                            () -> RawClient.tls(address, CALLER).send(get("/")).answer())
                    .isInstanceOf(IOException.class);
            nobody.set(identity(REVIEWS));
            try (RawClient client = RawClient.tls(address, CALLER)) {
                assertThat(client.send(get("/")).answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void whoeverHasNoCertificateOfTheMeshGetsNoConnection() throws Exception {
        HeldIdentity stranger = IdentitySource.of(new Workloads().identity(PRODUCTPAGE, 1, CA.root));

        assertThat(catchStatus(() -> RawClient.tls(site.tls(), stranger)
                        .send(get("/public/a"))
                        .answer()))
                .isZero();
        assertThat(handlers.reached).isEmpty();
    }

    private interface Call {
        Answer make() throws IOException;
    }

    private static int catchStatus(Call call) {
        try {
            return call.make().status();
        } catch (IOException e) {
            return 0;
        }
    }
}
