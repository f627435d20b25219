package dev.weft.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.identity.Identity;
import dev.weft.identity.Pem;
import dev.weft.identity.SpiffeId;
import dev.weft.identity.Subject;
import dev.weft.identity.TestAuthority;
import dev.weft.runtime.Ticker;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** What an authority sends is judged before it is used. */
final class CertificateAnswerTest {
    private static final Subject REVIEWS = Subject.of(SpiffeId.parse(TestAuthority.REVIEWS));

    private final TestAuthority root = TestAuthority.root("root");
    private final TestAuthority issuer = root.intermediate("issuer");
    private final KeyPair keys = TestAuthority.keys("EC");

    @Test
    void theLastElementIsTheBundleWithAllItsRoots() throws Exception {
        TestAuthority next = TestAuthority.root("next");
        Identity identity = read(StandInIstiod.form(chain(), List.of(root.certificate, next.certificate)));

        assertThat(identity.bundle().roots("cluster.local")).containsExactly(root.certificate, next.certificate);
        assertThat(identity.svid().chain()).hasSize(2);
    }

    @Test
    void aChainInOneElementIsUnderstoodAndARootInItIsLeftOut() throws Exception {
        List<X509Certificate> all = new ArrayList<>(chain());
        all.add(root.certificate);
        Identity identity = read(List.of(Pem.write(all), Pem.write(List.of(root.certificate, root.certificate))));

        assertThat(identity.svid().chain()).hasSize(2);
        assertThat(identity.bundle().roots("cluster.local")).containsExactly(root.certificate);
    }

    @Test
    void aCertificateOfAnotherKeyIsRefused() {
        KeyPair other = TestAuthority.keys("EC");
        refused(
                form(issuer.leaf().uri(TestAuthority.REVIEWS).chain(other.getPublic())),
                "key does not belong to the certificate");
    }

    @Test
    void anotherIdentityIsRefused() {
        refused(form(issuer.leaf().uri(TestAuthority.PRODUCTPAGE).chain(keys.getPublic())), "was expected");
        refused(
                form(issuer.leaf().uri("spiffe://other/ns/default/sa/reviews").chain(keys.getPublic())),
                "was expected");
        refused(
                form(issuer.leaf()
                        .uri(TestAuthority.REVIEWS)
                        .uri(TestAuthority.PRODUCTPAGE)
                        .chain(keys.getPublic())),
                "2 URI names");
    }

    @Test
    void aChainThatDoesNotLeadToItsBundleIsRefused() {
        refused(
                StandInIstiod.form(chain(), List.of(TestAuthority.root("root").certificate)),
                "does not lead to a root");
        refused(StandInIstiod.form(chain().subList(0, 1), List.of(root.certificate)), "does not lead to a root");
    }

    @Test
    void whatIsOutOfItsTimeIsRefused() {
        long now = System.currentTimeMillis();
        refused(
                form(issuer.leaf()
                        .uri(TestAuthority.REVIEWS)
                        .from(now - 7_200_000, 3_600_000)
                        .chain(keys.getPublic())),
                "expired at");
        refused(
                form(issuer.leaf()
                        .uri(TestAuthority.REVIEWS)
                        .from(now + 600_000, 3_600_000)
                        .chain(keys.getPublic())),
                "begins at");
    }

    @Test
    void whatPeersWouldRefuseIsRefusedHere() {
        refused(
                form(issuer.leaf()
                        .uri(TestAuthority.REVIEWS)
                        .purposes("1.3.6.1.5.5.7.3.1")
                        .chain(keys.getPublic())),
                "EXTENDED_KEY_USAGE");
        refused(
                form(issuer.leaf()
                        .uri(TestAuthority.REVIEWS)
                        .usage(KeyUsage.keyCertSign)
                        .chain(keys.getPublic())),
                "KEY_USAGE");
    }

    @Test
    void aBundleOfWhatIsNoCaIsRefused() {
        refused(StandInIstiod.form(chain(), List.of(chain().get(0))), "not a CA's certificate");
    }

    @Test
    void noRootsMeansNoAnswer() {
        refused(List.of(Pem.write(chain())), "1 elements; 2 to 16 were expected");
        refused(List.of(), "0 elements");
        refused(java.util.Collections.nCopies(17, "x"), "17 elements");
        refused(List.of(Pem.write(chain()), "x".repeat(1 << 20)), "characters");
    }

    /** A fixed seed: what fails once fails again. */
    @Test
    void garbageIsRefusedAndNeverAnythingElse() {
        Random random = new Random(4711);
        List<String> good = form(chain());
        int understood = 0;
        for (int i = 0; i < 3_000; i++) {
            List<String> bad = new ArrayList<>(good);
            int which = random.nextInt(bad.size());
            bad.set(which, spoiled(bad.get(which), random));
            try {
                Identity identity = read(bad);
                assertThat(REVIEWS.is(identity.svid().id())).isTrue();
                understood++;
            } catch (AuthorityException e) {
                assertThat(e.kind()).isEqualTo(AuthorityException.Kind.BAD_ANSWER);
                assertThat(e.getMessage())
                        .startsWith("the answer is not used: ")
                        .doesNotContain("\n");
            }
        }
        // Changes outside of the blocks are allowed by the format, and leave what was certified.
        assertThat(understood).isLessThan(1_000);
    }

    private static String spoiled(String text, Random random) {
        StringBuilder spoiled = new StringBuilder(text);
        for (int i = 0; i <= random.nextInt(4) && !spoiled.isEmpty(); i++) {
            int at = random.nextInt(spoiled.length());
            switch (random.nextInt(4)) {
                case 0 -> spoiled.setCharAt(at, (char) random.nextInt(256));
                case 1 -> spoiled.deleteCharAt(at);
                case 2 -> spoiled.insert(at, (char) random.nextInt(65_536));
                default -> spoiled.setLength(Math.max(1, at));
            }
        }
        return spoiled.toString();
    }

    private List<X509Certificate> chain() {
        return issuer.leaf().uri(TestAuthority.REVIEWS).chain(keys.getPublic());
    }

    private List<String> form(List<X509Certificate> chain) {
        return StandInIstiod.form(chain, List.of(root.certificate));
    }

    private Identity read(List<String> elements) throws AuthorityException {
        return CertificateAnswer.read(elements, keys.getPrivate(), REVIEWS, 1, Ticker.system());
    }

    private void refused(List<String> elements, String... words) {
        assertThatThrownBy(() -> read(elements))
                .isInstanceOf(AuthorityException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }
}
