package dev.weft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.credential.Credential;
import dev.weft.credential.JoinTokenFile;
import dev.weft.credential.JwtFile;
import dev.weft.credential.LocalTokenFile;
import dev.weft.credential.Tokens;
import dev.weft.credential.TrustChoice;
import dev.weft.identity.Pem;
import dev.weft.identity.Svid;
import dev.weft.identity.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which credential is found, in which order, and who we are by it. */
final class TrustSettingsTest {
    private final TestAuthority root = TestAuthority.root("root");

    @TempDir
    Path directory;

    private Places places;

    @BeforeEach
    void aMachine() {
        places = new Places(directory);
        places.written.put("service", "reviews");
    }

    @Test
    void aJoinTokenFromTheEnvironmentDecidesWhoWeAre() {
        places.variables.put("MESH_JOIN_TOKEN_FILE", joinToken("spiffe://cluster.local/ns/books/sa/bookinfo-reviews"));
        places.variables.put("MESH_CONTROL_PLANE", "mesh.internal:15012");

        Settings settings = places.settings();
        assertThat(credential(settings)).isInstanceOf(JoinTokenFile.class);
        assertThat(settings.namespace()).isEqualTo("books");
        assertThat(settings.serviceAccount()).isEqualTo("bookinfo-reviews");
        assertThat(settings.controlPlane()).containsExactly("mesh.internal:15012");
        assertThat(settings.dataDirectory().toString()).endsWith("books/reviews");
        assertThat(settings.origins())
                .anyMatch(line ->
                        line.startsWith("trust.joinTokenFile = ") && line.endsWith(", from MESH_JOIN_TOKEN_FILE"));
    }

    @Test
    void withACredentialTheDefaultPortTakesTls() {
        places.variables.put("MESH_JOIN_TOKEN_FILE", joinToken(TestAuthority.REVIEWS));

        assertThat(places.settings().controlPlane()).containsExactly("localhost:15012");
    }

    @Test
    void theLongNameOfAVariableIsUnderstoodToo() {
        places.variables.put("MESH_TRUST_JOIN_TOKEN_FILE", joinToken(TestAuthority.REVIEWS));

        assertThat(credential(places.settings())).isInstanceOf(JoinTokenFile.class);
    }

    @Test
    void aContradictionNamesBoth() {
        places.variables.put("MESH_JOIN_TOKEN_FILE", joinToken(TestAuthority.REVIEWS));
        places.written.put("service-account", "ratings");
        places.variables.put("MESH_NAMESPACE", "books");

        assertThat(places.outcome().problems())
                .extracting(SettingProblem::setting)
                .containsExactly("namespace", "serviceAccount");
        assertThat(places.message())
                .contains("`books`, from MESH_NAMESPACE, but the credential says `default` (join token ")
                .contains("`ratings`, from the builder, but the credential says `reviews` (join token ");
    }

    @Test
    void aTokenThatCannotBeUsedIsAProblemBesideTheOthers() {
        places.variables.put("MESH_JOIN_TOKEN_FILE", "/nowhere/token");
        places.written.put("locality", "a/b/c/d");

        assertThat(places.message())
                .contains("join token /nowhere/token is not there, from MESH_JOIN_TOKEN_FILE")
                .contains("`meshctl token create --identity <namespace>/<service account>` makes one")
                .contains("locality");
    }

    @Test
    void inAPodOfIstiosItIsIstiodsToken() throws IOException {
        places.file(
                "root/var/run/secrets/tokens/istio-token",
                Tokens.jwt("system:serviceaccount:bookinfo:reviews-account"));
        places.file("root/var/run/secrets/istio/root-cert.pem", Pem.write(List.of(root.certificate)));

        Settings settings = places.settings();
        assertThat(credential(settings)).isInstanceOf(JwtFile.class);
        assertThat(settings.controlPlane()).containsExactly("istiod.istio-system.svc:15012");
        assertThat(settings.namespace()).isEqualTo("bookinfo");
        assertThat(settings.serviceAccount()).isEqualTo("reviews-account");

        places.variables.put("MESH_JOIN_TOKEN_FILE", joinToken(TestAuthority.REVIEWS));
        assertThat(credential(places.settings())).isInstanceOf(JoinTokenFile.class);
        assertThat(places.settings().controlPlane()).containsExactly("localhost:15012");
    }

    @Test
    void aPodWithoutTheRootsOfItsTokenDoesNotGoOnWithout() {
        places.file("root/var/run/secrets/tokens/istio-token", Tokens.jwt("system:serviceaccount:bookinfo:reviews"));

        assertThat(places.message()).contains("root-cert.pem is not there");
    }

    @Test
    void aLaptopHasTheTokenOfItsControlPlaneAndGoesToItsTlsPort() {
        localToken(15010, 15012);

        Settings settings = places.settings();
        assertThat(credential(settings)).isInstanceOf(LocalTokenFile.class);
        assertThat(credential(settings).subject()).hasToString(TestAuthority.REVIEWS);
        assertThat(settings.controlPlane()).containsExactly("localhost:15012");
    }

    @Test
    void theTokenOfAnotherControlPlaneIsNotUsed() {
        localToken(25010, 25012);

        assertThat(places.settings().trust()).isInstanceOfSatisfying(TrustChoice.Plaintext.class, plaintext -> {
            assertThat(plaintext.said()).isFalse();
            assertThat(plaintext.why()).contains("of another control plane than localhost:15010");
        });
    }

    @Test
    void aLocalTokenIsForLoopbackOnly() {
        localToken(15010, 15012);
        places.variables.put("MESH_CONTROL_PLANE", "mesh.internal:15010");

        assertThat(places.message()).contains("no credential for mesh.internal:15010 (not loopback)");
    }

    @Test
    void aLocalTokenThatOthersReadIsNotUsed() throws IOException {
        localToken(15010, 15012);
        Files.setPosixFilePermissions(
                directory.resolve("home/.weft/token"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(places.settings().trust())
                .isInstanceOfSatisfying(
                        TrustChoice.Plaintext.class,
                        plaintext -> assertThat(plaintext.why()).contains("others may use it (rw-r--r--)"));
    }

    @Test
    void aLocalTokenThatIsNamedAndCannotBeUsedIsAnError() {
        places.variables.put("MESH_LOCAL_TOKEN_FILE", "/nowhere/token");
        assertThat(places.message())
                .contains("trust.localTokenFile")
                .contains("local token /nowhere/token is not there, from MESH_LOCAL_TOKEN_FILE")
                .contains("start `mesh-control serve` as the same user");

        places.variables.put("MESH_LOCAL_TOKEN_FILE", write("other", Tokens.local(root.certificate, "s", 1, 2)));
        assertThat(places.message()).contains("is of another control plane than localhost:15010");
    }

    @Test
    void aRestartWithAKeptIdentityRemembersTheControlPlaneWhoseTokenIsGone() throws IOException {
        localToken(15010, 15012);
        places.variables.put("MESH_TRUST_CACHE", "true");
        Settings first = places.settings();
        ((LocalTokenFile) credential(first)).remember(first.dataDirectory());
        Files.delete(directory.resolve("home/.weft/token"));

        assertThat(credential(places.settings()).subject()).hasToString(TestAuthority.REVIEWS);
        assertThat(places.settings().controlPlane()).containsExactly("localhost:15012");
        assertThat(Files.readString(first.dataDirectory().resolve("local-control-plane.json")))
                .doesNotContain("secret");

        places.variables.remove("MESH_TRUST_CACHE");
        assertThat(places.settings().trust()).isInstanceOf(TrustChoice.Plaintext.class);
    }

    @Test
    void noneSaidMeansNoneWhateverLiesAround() {
        localToken(15010, 15012);
        places.variables.put("MESH_JOIN_TOKEN_FILE", "/nowhere");
        places.written.put("trust.mode", "none");

        assertThat(places.settings().trusting()).isTrue();
    }

    @Test
    void theStrongestPlaceThatNamesACredentialDecidesAlone() {
        places.written.put("trust.join-token-file", joinToken(TestAuthority.REVIEWS));
        places.variables.put("MESH_JWT_FILE", "/nowhere");
        places.file("mesh.yaml", "mesh:\n  trust:\n    mode: none\n");

        assertThat(credential(places.settings())).isInstanceOf(JoinTokenFile.class);
    }

    @Test
    void severalCredentialsOfOnePlaceAreAProblem() {
        places.variables.put("MESH_JOIN_TOKEN_FILE", joinToken(TestAuthority.REVIEWS));
        places.variables.put("MESH_JWT_FILE", "/nowhere");

        assertThat(places.message()).contains("said several times: MESH_JOIN_TOKEN_FILE, MESH_JWT_FILE");
    }

    @Test
    void filesSayWhoWeAreAndGoTogether() throws IOException {
        Svid svid =
                root.leaf().uri("spiffe://cluster.local/ns/books/sa/reviews").svid();
        places.written.put("trust.cert-file", write("cert.pem", Pem.write(svid.chain())));
        assertThat(places.message()).contains("trust.keyFile").contains("a certificate has cert-file, key-file");

        places.written.put("trust.key-file", write("key.pem", Pem.write(svid.key())));
        places.written.put("trust.ca-file", write("ca.pem", Pem.write(List.of(root.certificate))));

        assertThat(places.settings().trust()).isInstanceOf(TrustChoice.Files.class);
        assertThat(places.settings().namespace()).isEqualTo("books");
    }

    @Test
    void theIdentityIsKeptOnDemandOnly() {
        assertThat(places.settings().identityCache()).isFalse();
        places.variables.put("MESH_TRUST_CACHE", "true");
        assertThat(places.settings().identityCache()).isTrue();
    }

    private static Credential credential(Settings settings) {
        return ((TrustChoice.Certified) settings.trust()).credential();
    }

    private String joinToken(String identity) {
        return write("join", Tokens.join(identity, "secret", root.certificate));
    }

    private String write(String name, String text) {
        return Tokens.secret(directory.resolve(name), text).toString();
    }

    private void localToken(int plaintext, int tls) {
        places.file("home/.weft/other", "");
        Tokens.secret(directory.resolve("home/.weft/token"), Tokens.local(root.certificate, "secret", plaintext, tls));
    }
}
