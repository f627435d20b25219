package dev.weft.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.identity.Anchors;
import dev.weft.identity.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** First credentials as they lie on disk: whom they are for, who may read them, what is said of bad ones. */
final class CredentialFilesTest {
    private static final String SECRET = "vErYsEcReT";

    private final TestAuthority root = TestAuthority.root("root");

    @TempDir
    Path directory;

    @Test
    void aJoinTokenSaysWhoWeAreAndWhomToBelieve() throws Exception {
        Credential token = JoinTokenFile.of(joinToken());

        assertThat(token.subject()).hasToString(TestAuthority.REVIEWS);
        assertThat(token.reusable()).isFalse();
        assertThat(token.present().anchors()).isEqualTo(new Anchors.Pin("cluster.local", Tokens.pin(root.certificate)));
        assertThat(token.present().bearer()).startsWith("weft1.");
        assertThat(token.remedy()).contains("meshctl token create --identity default/reviews");
    }

    @Test
    void aJwtSaysWhoWeAreAndIsReadAnewAtEachUse() throws Exception {
        Path file = Files.writeString(
                directory.resolve("token"), Tokens.jwt("system:serviceaccount:bookinfo:reviews") + "\n");
        Credential jwt = JwtFile.of(file, Tokens.roots(directory.resolve("roots"), root.certificate));
        String first = jwt.present().bearer();
        assertThat(jwt.subject()).hasToString("spiffe://*/ns/bookinfo/sa/reviews");
        assertThat(jwt.reusable()).isTrue();

        Files.writeString(file, Tokens.jwt("system:serviceaccount:bookinfo:reviews"));
        TestAuthority next = TestAuthority.root("next");
        Tokens.roots(directory.resolve("roots"), root.certificate, next.certificate);

        assertThat(jwt.present().bearer()).isNotEqualTo(first);
        assertThat(((Anchors.Roots) jwt.present().anchors()).certificates()).contains(next.certificate);
    }

    @Test
    void aLocalTokenIsForAnyoneAndOfOneControlPlane() throws Exception {
        Path file = Tokens.secret(directory.resolve("token"), Tokens.local(root.certificate, SECRET, 15010, 15012));
        LocalTokenFile token = LocalTokenFile.of(file, "default", "reviews");

        assertThat(token.isOf(15010)).isTrue();
        assertThat(token.isOf(15012)).isTrue();
        assertThat(token.isOf(15011)).isFalse();
        String bearer = token.present().bearer();
        assertThat(bearer).startsWith("weft-local1.");
        assertThat(new String(Base64.getUrlDecoder().decode(bearer.substring(12)), StandardCharsets.UTF_8))
                .contains("\"secret\":\"" + SECRET + "\"")
                .contains("\"identity\":\"" + TestAuthority.REVIEWS + "\"");

        Tokens.secret(file, Tokens.local(root.certificate, "next", 15010, 15012));
        assertThat(token.present().bearer()).isNotEqualTo(bearer);
        Tokens.secret(file, Tokens.local(root.certificate, "next", 15010, 25012));
        assertThatThrownBy(token::present).hasMessageContaining("another control plane's now");
    }

    @Test
    void whatOthersMayReadIsNoSecret() throws Exception {
        Path join = joinToken();
        mode(join, "rw-r-----");
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(join, "unix:uid"));
        if (root) {
            // Kubernetes mounts it so.
            assertThat(JoinTokenFile.of(join).subject()).isNotNull();
        }
        mode(join, "rw-r--r--");
        assertThatThrownBy(() -> JoinTokenFile.of(join))
                .hasMessageContaining("others may use it (rw-r--r--)")
                .isInstanceOfSatisfying(
                        CredentialException.class, e -> assertThat(e.remedy()).contains("chmod 600"));
        Path local = Tokens.secret(directory.resolve("local"), Tokens.local(this.root.certificate, SECRET, 1, 2));
        mode(local, "rw-r-----");
        assertThatThrownBy(() -> LocalTokenFile.of(local, "default", "reviews"))
                .hasMessageContaining("others may use it (rw-r-----)");
    }

    @Test
    void aLinkIsFollowedWhereKubernetesMakesOneAndNotAtHome() throws Exception {
        Path join = joinToken();
        Path link = Files.createSymbolicLink(directory.resolve("link"), join);
        assertThat(JoinTokenFile.of(link).subject()).hasToString(TestAuthority.REVIEWS);

        Path local = Tokens.secret(directory.resolve("local"), Tokens.local(root.certificate, SECRET, 1, 2));
        Path localLink = Files.createSymbolicLink(directory.resolve("local-link"), local);
        assertThatThrownBy(() -> LocalTokenFile.of(localLink, "default", "reviews"))
                .hasMessageContaining("it is no plain file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "weft1.",
                "weft1.%%%",
                "weft1.bnVsbA",
                "weft1.W10",
                "weft1.e30",
                "weft2.e30",
                "weft1.eyJpZGVudGl0eSI6MX0",
                "weft1.eyJpZGVudGl0eSI6InNwaWZmZTovL2EvYiJ9"
            })
    void whatIsNoJoinTokenIsSaidToBeNone(String text) {
        Path file = Tokens.secret(directory.resolve("join"), text);

        assertThatThrownBy(() -> JoinTokenFile.of(file))
                .isInstanceOf(CredentialException.class)
                .hasMessageStartingWith("join token " + file + " is none");
    }

    @Test
    void aPinThatIsNoneIsRefused() {
        String text = Tokens.join(TestAuthority.REVIEWS, SECRET, root.certificate);
        String json = new String(Base64.getUrlDecoder().decode(text.substring(6)), StandardCharsets.UTF_8)
                .replace(Tokens.pin(root.certificate), "00");
        Path file = Tokens.secret(
                directory.resolve("join"),
                "weft1." + Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> JoinTokenFile.of(file)).hasMessageContaining("64 lower-case hexadecimal digits");
    }

    @Test
    void aJwtWithoutAServiceAccountIsRefused() throws Exception {
        Path roots = Tokens.roots(directory.resolve("roots"), root.certificate);
        Path file = Files.writeString(directory.resolve("token"), Tokens.jwt("alice"));
        assertThatThrownBy(() -> JwtFile.of(file, roots)).hasMessageContaining("names no service account");
        Files.writeString(file, "x.y.z");
        assertThatThrownBy(() -> JwtFile.of(file, roots)).hasMessageContaining("is no signed JWT");
        assertThatThrownBy(() -> JwtFile.of(file, directory.resolve("nowhere")))
                .hasMessageContaining("root certificates " + directory.resolve("nowhere") + " is not there");
    }

    @Test
    void whatIsTooLargeIsNotRead() {
        Path file = Tokens.secret(directory.resolve("join"), "weft1." + "a".repeat(5_000));

        assertThatThrownBy(() -> JoinTokenFile.of(file)).hasMessageContaining("more than 4096 bytes");
    }

    @Test
    void noSecretIsInWords() throws Exception {
        JoinTokenFile join = JoinTokenFile.of(joinToken());
        Path local = Tokens.secret(directory.resolve("local"), Tokens.local(root.certificate, SECRET, 1, 2));
        LocalTokenFile token = LocalTokenFile.of(local, "default", "reviews");

        assertThat(join + " " + join.present() + " " + token + " " + token.present() + join.remedy() + token.remedy())
                .doesNotContain(SECRET)
                .doesNotContain(join.present().bearer())
                .doesNotContain(token.present().bearer());
    }

    private Path joinToken() {
        return Tokens.secret(directory.resolve("join"), Tokens.join(TestAuthority.REVIEWS, SECRET, root.certificate));
    }

    private static void mode(Path file, String mode) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
