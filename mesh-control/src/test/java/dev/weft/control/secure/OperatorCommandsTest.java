package dev.weft.control.secure;

import static dev.weft.control.secure.SecurePlane.REVIEWS;
import static dev.weft.control.secure.SecurePlane.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.control.TestClient;
import dev.weft.control.ads.Nodes;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.cli.MeshctlRun;
import dev.weft.identity.Svid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meshctl} against a running control plane, by an operator's token. */
class OperatorCommandsTest {
    @TempDir
    Path directory;

    private SecurePlane plane;

    @BeforeEach
    void start() throws Exception {
        plane = new SecurePlane(directory);
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private MeshctlRun run(String... command) {
        String[] all = new String[command.length + 2];
        System.arraycopy(command, 0, all, 0, command.length);
        all[command.length] = "--operator-token";
        all[command.length + 1] = directory.resolve("home/operator").toString();
        return MeshctlRun.of(all);
    }

    private Svid redeem(String token) throws Exception {
        KeyPair keys = SecurePlane.keys();
        return Svid.of(
                SecurePlane.chain(plane.ca(null, token.strip()).createCertificate(request(keys))), keys.getPrivate());
    }

    @Test
    void aTokenForAnIdentityIsWorthItsCertificateOnce() throws Exception {
        MeshctlRun made = run("token", "create", "--identity", "default/reviews", "--ttl", "10m");
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.err()).contains("good until");

        assertThat(redeem(made.out()).id()).isEqualTo(REVIEWS);
        assertThat(plane.audit()).anySatisfy(line -> {
            assertThat(line.get("credential").getAsString()).isEqualTo("operator");
            assertThat(line.get("operator").getAsString()).isEqualTo("local");
            assertThat(line.get("what").getAsString()).contains("join token", REVIEWS.toString());
        });
        assertThat(plane.audit().toString()).doesNotContain(made.out().strip());
    }

    @Test
    void aTokenMayBeWrittenToAFileOfItsOwnersAloneAndMadeFromTheDataDirectory() throws Exception {
        Path file = directory.resolve("reviews.token");
        MeshctlRun made = MeshctlRun.of(
                "token",
                "create",
                "--identity",
                REVIEWS.toString(),
                "--data",
                directory.resolve("data").toString(),
                "--out",
                file.toString());
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(redeem(Files.readString(file)).id()).isEqualTo(REVIEWS);
    }

    @Test
    void identitiesThatAreNoneOrForeignAreWrongUsage() {
        for (String identity : new String[] {
            "reviews", "spiffe://other.example/ns/default/sa/reviews", "spiffe://cluster.local/reviews", "a/b/c", "/x"
        }) {
            MeshctlRun made = run("token", "create", "--identity", identity);
            assertThat(made.code()).as(identity + made.err()).isEqualTo(2);
            assertThat(made.out()).isEmpty();
        }
        assertThat(run("token", "create", "--identity", "default/reviews", "--ttl", "31d")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void nobodyIsGivenTheControlPlanesOwnIdentity() {
        assertThat(run("token", "create", "--identity", "istio-system/mesh-control")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void anOperatorsTokenForSomebodyElseWorksUntilItExpires() throws Exception {
        Path theirs = directory.resolve("theirs");
        assertThat(run("token", "create", "--operator", "alice", "--ttl", "60s", "--out", theirs.toString())
                        .code())
                .isZero();
        String[] status = {"ca", "status", "--operator-token", theirs.toString()};
        assertThat(MeshctlRun.of(status).code()).isZero();
        plane.clock.advance(Duration.ofSeconds(61));
        MeshctlRun late = MeshctlRun.of(status);
        assertThat(late.code()).isEqualTo(4);
        plane.refused("expired");
    }

    @Test
    void whoIsNoOperatorIsRefused() throws Exception {
        MeshctlRun none = MeshctlRun.of("ca", "status", "--server", "localhost:1");
        assertThat(none.code()).isEqualTo(4);
        assertThat(none.err()).contains("no operator's token");
        Files.setPosixFilePermissions(directory.resolve("home/operator"), PosixFilePermissions.fromString("rw-r--r--"));
        MeshctlRun open = run("ca", "status");
        assertThat(open.code()).isEqualTo(2);
        assertThat(open.err()).contains("others may use it");
    }

    @Test
    void theAuthoritysStateAndLogAreShownAsTableAndAsJson() {
        MeshctlRun table = run("ca", "status");
        assertThat(table.out()).contains("trust domain cluster.local, one root since", "ROOT", "yes");
        JsonObject json =
                JsonParser.parseString(run("ca", "status", "-o", "json").out()).getAsJsonObject();
        assertThat(json.get("stage").getAsString()).isEqualTo("ONE_ROOT");
        assertThat(json.get("roots").getAsJsonArray()).hasSize(1);

        run("token", "create", "--identity", "default/reviews");
        assertThat(run("ca", "audit").out()).contains("OUTCOME", "granted", "join token");
        assertThat(run("ca", "audit", "-o", "jsonl", "-n", "1").out().lines())
                .singleElement()
                .satisfies(line -> assertThat(JsonParser.parseString(line)
                                .getAsJsonObject()
                                .get("outcome")
                                .getAsString())
                        .isEqualTo("granted"));
        assertThat(run("ca", "audit", "-o", "jsonl", "--refused").out()).isEmpty();
    }

    @Test
    void stagesOfARootChangeAreRefusedBeforeTheirTime() throws Exception {
        assertThat(run("ca", "rotate-root", "publish").out())
                .contains("a new root is trusted since", "rotate-root sign");
        MeshctlRun soon = run("ca", "rotate-root", "sign");
        assertThat(soon.code()).isEqualTo(1);
        assertThat(soon.err()).contains("do not know the new root");
        assertThat(run("ca", "rotate-root", "sign", "--early").out()).contains("the new root signs since");
        assertThat(run("ca", "rotate-root", "withdraw", "--early").out()).contains("one root since");
        assertThat(run("ca", "rotate-root", "sideways").code()).isEqualTo(2);
        assertThat(run("ca", "rotate-root", "sign", "--ca-dir", "x").code()).isEqualTo(2);
    }

    @Test
    void proxyStatusAsksOverTlsAndShowsIdentityAndPorts() throws Exception {
        TestClient client = TestClient.over(
                plane.channel(plane.certify(REVIEWS), null), Nodes.weft("reviews-1", "default", "reviews", 1, 40_001));
        client.subscribe(ResourceType.ROUTE, "reviews:9080");
        client.ack(client.next());
        TestClient.until(() -> run("proxy-status").out().contains("ready"));
        assertThat(run("proxy-status").out().lines().skip(1))
                .singleElement()
                .asString()
                .matches("reviews-1 +reviews v1 +weft 0\\.1 +\\d+s +- +- +- +ACK +(59m|60m) +ready");
        JsonObject json =
                JsonParser.parseString(run("proxy-status", "-o", "jsonl").out()).getAsJsonObject();
        assertThat(json.get("identity").getAsString()).isEqualTo(REVIEWS.toString());
        assertThat(json.get("ports").toString()).isEqualTo("{\"9080\":\"plaintext\"}");
    }
}
