package dev.weft.control.ca;

import static dev.weft.control.access.Someone.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.control.access.JoinTokens;
import dev.weft.control.access.MovableClock;
import dev.weft.identity.Pem;
import dev.weft.identity.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disk. */
class CaDirectoryTest {
    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock();
    private final CaOptions options = CaOptions.of("cluster.local");

    private CertificateAuthority open(CaOptions with) throws IOException {
        return CertificateAuthority.open(directory.resolve("ca"), with, clock);
    }

    @Test
    void everyFileIsItsOwnersAlone() throws Exception {
        open(options).close();
        JoinTokens.open(directory.resolve("ca"), clock).create(REVIEWS, "pin", Duration.ofHours(1));

        try (Stream<Path> files = Files.walk(directory.resolve("ca"))) {
            List<Path> all = files.toList();
            assertThat(all).anySatisfy(file -> assertThat(file).hasFileName("root.key"));
            for (Path file : all) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                if (!file.getFileName().toString().endsWith("lock")) {
                    assertThat(mode).as(file.toString()).isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
                }
            }
        }
    }

    @Test
    void aKeyThatOthersMayReadIsNotUsed() throws Exception {
        open(options).close();
        Files.setPosixFilePermissions(
                directory.resolve("ca/1/signing.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> open(options))
                .hasMessageContaining("signing.key")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void keysMayBeEncrypted() throws Exception {
        CaOptions encrypted = options.passphrase("correct horse");
        open(encrypted).close();

        assertThat(Files.readString(directory.resolve("ca/1/root.key"))).contains("BEGIN ENCRYPTED PRIVATE KEY");
        open(encrypted).close();
        assertThatThrownBy(() -> open(options)).hasMessageContaining("a passphrase was expected");
        assertThatThrownBy(() -> open(options.passphrase("wrong"))).hasMessageContaining("does not open the key");
        assertThat(encrypted.toString()).doesNotContain("correct horse");
    }

    @Test
    void aRestartContinuesWithTheSameRoot() throws Exception {
        List<X509Certificate> roots;
        try (CertificateAuthority first = open(options)) {
            roots = first.trustBundle();
        }
        try (CertificateAuthority second = open(options)) {
            assertThat(second.trustBundle()).isEqualTo(roots);
        }
    }

    @Test
    void damageIsSaidAndNeverRepairedByANewRoot() throws Exception {
        open(options).close();
        Files.writeString(directory.resolve("ca/state.json"), "{}");

        assertThatThrownBy(() -> open(options))
                .hasMessageContaining("state.json")
                .hasMessageContaining("damaged");
    }

    @Test
    void twoControlPlanesDoNotShareADirectory() throws Exception {
        try (CertificateAuthority held = open(options)) {
            assertThatThrownBy(() -> open(options)).hasMessageContaining("held by another control plane");
            assertThat(held.trustDomain()).isEqualTo("cluster.local");
        }
        assertThatThrownBy(() -> open(CaOptions.of("other.example"))).hasMessageContaining("trust domain");
    }

    @Test
    void theRootsKeyMayBeKeptElsewhere() throws Exception {
        open(options).close();
        Files.delete(directory.resolve("ca/1/root.key"));

        try (CertificateAuthority authority = open(options)) {
            assertThat(issue(authority).chain()).hasSize(2);
        }
    }

    @Test
    void anAuthorityMayBeBroughtAlong() throws Exception {
        SigningAuthority own = Certificates.newAuthority("cluster.local", Instant.ofEpochMilli(clock.epochMillis()));
        Path theirs = broughtAlong(own);

        try (CertificateAuthority authority = open(options.broughtAlong(theirs))) {
            assertThat(authority.trustBundle()).containsExactly(own.root());
            assertThat(issue(authority).chain().get(1)).isEqualTo(own.signer());
        }
        try (CertificateAuthority authority = open(options)) {
            assertThat(authority.trustBundle()).containsExactly(own.root());
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsNotTakenOver() throws Exception {
        SigningAuthority own = Certificates.newAuthority("cluster.local", Instant.ofEpochMilli(clock.epochMillis()));
        Path theirs = broughtAlong(own);
        PrivateFiles.write(
                theirs.resolve("ca-key.pem"),
                KeyPem.write(Certificates.newKeyPair().getPrivate(), null));

        assertThatThrownBy(() -> open(options.broughtAlong(theirs))).hasMessageContaining("does not belong");
        assertThat(directory.resolve("ca/state.json")).doesNotExist();
    }

    private Path broughtAlong(SigningAuthority own) throws IOException {
        Path theirs = Files.createDirectory(directory.resolve("cacerts"));
        Files.writeString(theirs.resolve("root-cert.pem"), Pem.write(List.of(own.root())));
        Files.writeString(theirs.resolve("ca-cert.pem"), Pem.write(own.intermediates()));
        Files.writeString(theirs.resolve("cert-chain.pem"), Pem.write(List.of(own.signer(), own.root())));
        PrivateFiles.write(theirs.resolve("ca-key.pem"), KeyPem.write(own.key(), null));
        return theirs;
    }

    private static IssuedCertificate issue(CertificateAuthority authority) throws Exception {
        return authority.issue(Requests.csr(Certificates.newKeyPair(), "spiffe://x/ns/x/sa/x"), REVIEWS, Duration.ZERO);
    }
}
