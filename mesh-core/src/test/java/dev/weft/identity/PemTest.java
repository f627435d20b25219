package dev.weft.identity;

import static dev.weft.identity.TestAuthority.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.PrivateKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PemTest {
    private final Svid svid = TestAuthority.root("root")
            .intermediate("issuer")
            .leaf()
            .uri(REVIEWS)
            .svid();

    @Test
    void chainIsReadAsItWasWritten() {
        assertThat(Pem.certificates(Pem.write(svid.chain()), "here")).isEqualTo(svid.chain());
    }

    @Test
    void textAroundBlocksAndCarriageReturnsArePassedOver() {
        String text = "subject: reviews\n" + Pem.write(svid.chain()).replace("\n", "\r\n") + "\nend\n";

        assertThat(Pem.certificates(text, "here")).isEqualTo(svid.chain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void keyIsReadAsItWasWritten(String algorithm) {
        PrivateKey key = TestAuthority.keys(algorithm).getPrivate();

        assertThat(Pem.privateKey(Pem.write(key), "here").getEncoded()).isEqualTo(key.getEncoded());
    }

    @Test
    void whatIsWrongIsSaidWithThePlaceAndWithoutTheContent() {
        String chain = Pem.write(svid.chain());
        String key = Pem.write(svid.key());

        refusedCertificates("", "here is not usable PEM: it holds no certificate");
        refusedCertificates(chain + key, "'PRIVATE KEY'; expected certificates only");
        refusedCertificates(chain.substring(0, chain.length() - 20), "expected -----END CERTIFICATE-----");
        refusedCertificates(chain.replace("END CERTIFICATE", "END KEY"), "ends another block");
        refusedCertificates(chain.replaceFirst("MII", "M?I"), "not base64");
        refusedCertificates(chain.replaceFirst("MII", "AAA"), "cannot be read");
        refusedCertificates("x".repeat((1 << 20) + 1), "at most 1048576");
        refusedCertificates(Pem.write(List.of(svid.leaf())).repeat(201), "at most 200");
        assertThatThrownBy(() -> Pem.privateKey(key + key, "here")).hasMessageContaining("expected one 'PRIVATE KEY'");
        assertThatThrownBy(() -> Pem.privateKey(key.replace("PRIVATE", "EC PRIVATE"), "here"))
                .hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> Pem.privateKey(key.replaceFirst("\nM", "\nA"), "here"))
                .hasMessageContaining("its key cannot be read");
    }

    private static void refusedCertificates(String text, String reason) {
        assertThatThrownBy(() -> Pem.certificates(text, "here"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
