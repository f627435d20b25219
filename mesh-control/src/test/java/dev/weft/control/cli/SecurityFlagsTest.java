package dev.weft.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flags of {@code serve} that contradict each other or lead nowhere: said, before a port is opened. */
class SecurityFlagsTest {
    @TempDir
    Path mesh;

    private String refused(int code, String... flags) {
        List<String> all = new ArrayList<>(List.of("serve", "--config", mesh.toString(), "--port", "0"));
        all.addAll(List.of(flags));
        StringWriter err = new StringWriter();
        int is = MeshControl.commandLine().setErr(new PrintWriter(err, true)).execute(all.toArray(new String[0]));
        assertThat(is).as(err.toString()).isEqualTo(code);
        return err.toString();
    }

    @Test
    void whatContradictsItselfIsWrongUsage() {
        assertThat(refused(2, "--no-ca", "--tls-port", "0")).contains("--tls-port and --no-ca");
        assertThat(refused(2, "--no-ca", "--local-token", "x")).contains("--local-token and --no-ca");
        assertThat(refused(2, "--no-ca", "--no-plaintext")).contains("no port to listen on");
        assertThat(refused(2, "--local-token", "x", "--no-local-token")).contains("exclude each other");
        assertThat(refused(2, "--tls-port", "70000")).contains("expected 0 to 65535");
        assertThat(refused(2, "--certificate-validity", "soon")).contains("90s, 15m, 1h or 7d");
        assertThat(refused(2, "--ca-dir", "nowhere")).contains("nowhere is not a directory");
    }

    @Test
    void anIssuerWithoutAudienceOrKeysIsWrongUsageAndSoIsAUrlThatIsNoPlaceForKeys() {
        assertThat(refused(2, "--jwt-issuer", "https://issuer.example")).contains("--jwt-audience");
        assertThat(refused(2, "--jwt-issuer", "i", "--jwt-audience", "a", "--jwt-jwks", "http://issuer.example/jwks"))
                .contains("https");
    }

    @Test
    void aPassphraseThatOthersMayReadIsNotUsedAndAValidityOfSecondsIsNone() throws Exception {
        Path file = Files.writeString(mesh.resolve("passphrase"), "correct horse");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(refused(1, "--ca-passphrase-file", file.toString())).contains("others may use it");
        assertThat(refused(2, "--certificate-validity", "5s")).contains("1 min");
    }
}
