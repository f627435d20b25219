package dev.weft.control.ca;

import static dev.weft.control.access.Someone.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.control.access.MovableClock;
import dev.weft.identity.CertificatePin;
import dev.weft.identity.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The change from one root to the next, with a restart after each stage. */
class RootChangeTest {
    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock();

    private CertificateAuthority open() throws Exception {
        return CertificateAuthority.open(directory.resolve("ca"), CaOptions.of("cluster.local"), clock);
    }

    private static IssuedCertificate issue(CertificateAuthority authority) throws Exception {
        return authority.issue(Requests.csr(Certificates.newKeyPair(), "spiffe://x/ns/x/sa/x"), REVIEWS, Duration.ZERO);
    }

    private static X509Certificate rootOf(IssuedCertificate issued) throws Exception {
        X509Certificate top = issued.chain().get(issued.chain().size() - 1);
        for (X509Certificate root : issued.roots()) {
            if (root.getSubjectX500Principal().equals(top.getIssuerX500Principal())) {
                top.verify(root.getPublicKey());
                return root;
            }
        }
        throw new AssertionError("no root of the bundle signed " + top.getSubjectX500Principal());
    }

    @Test
    void stagesTrustBothRootsAndSurviveRestarts() throws Exception {
        X509Certificate old;
        try (CertificateAuthority authority = open()) {
            assertThat(authority.rootStage()).isEqualTo(RootStage.ONE_ROOT);
            old = authority.trustBundle().get(0);
            authority.publishNewRoot(null);
        }
        X509Certificate fresh;
        try (CertificateAuthority authority = open()) {
            assertThat(authority.rootStage()).isEqualTo(RootStage.NEW_PUBLISHED);
            assertThat(authority.trustBundle()).hasSize(2).startsWith(old);
            fresh = authority.trustBundle().get(1);
            assertThat(rootOf(issue(authority))).isEqualTo(old);
            assertThatThrownBy(() -> authority.publishNewRoot(null)).hasMessageContaining("NEW_PUBLISHED");
            assertThatThrownBy(() -> authority.signByNewRoot(false)).hasMessageContaining("do not know the new root");
            clock.advance(Duration.ofMinutes(66));
            authority.signByNewRoot(false);
        }
        try (CertificateAuthority authority = open()) {
            assertThat(authority.rootStage()).isEqualTo(RootStage.NEW_SIGNS);
            assertThat(authority.trustBundle()).containsExactly(fresh, old);
            assertThat(rootOf(issue(authority))).isEqualTo(fresh);
            assertThat(authority.rootPin()).isEqualTo(CertificatePin.of(fresh));
            assertThatThrownBy(() -> authority.withdrawOldRoot(false)).hasMessageContaining("still valid");
            clock.advance(Duration.ofMinutes(66));
            authority.withdrawOldRoot(false);
        }
        try (CertificateAuthority authority = open()) {
            assertThat(authority.rootStage()).isEqualTo(RootStage.ONE_ROOT);
            assertThat(authority.trustBundle()).containsExactly(fresh);
            assertThat(rootOf(issue(authority))).isEqualTo(fresh);
            assertThat(Pem.certificates(Files.readString(directory.resolve("ca/root.pem")), "root.pem"))
                    .isEqualTo(List.of(fresh));
        }
    }

    @Test
    void whoMustNotWaitMayHurry() throws Exception {
        try (CertificateAuthority authority = open()) {
            X509Certificate old = authority.trustBundle().get(0);
            authority.publishNewRoot(null);
            authority.signByNewRoot(true);
            authority.withdrawOldRoot(true);
            assertThat(authority.trustBundle()).hasSize(1).doesNotContain(old);
        }
    }

    @Test
    void anIntermediateInItsSecondHalfIsReplacedAtTheStart() throws Exception {
        X509Certificate before;
        X509Certificate root;
        try (CertificateAuthority authority = open()) {
            before = issue(authority).chain().get(1);
            root = authority.trustBundle().get(0);
        }
        clock.advance(Duration.ofDays(366));
        try (CertificateAuthority authority = open()) {
            assertThat(authority.trustBundle()).containsExactly(root);
            assertThat(issue(authority).chain().get(1)).isNotEqualTo(before);
            assertThat(rootOf(issue(authority))).isEqualTo(root);
        }
    }
}
