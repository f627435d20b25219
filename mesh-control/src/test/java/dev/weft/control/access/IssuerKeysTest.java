package dev.weft.control.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.weft.runtime.Ticker;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an issuer's keys come from; what is fetched is {@code dev.weft.jose}'s matter, and tested there. */
class IssuerKeysTest {
    private static String keys(String id) throws Exception {
        return new JWKSet(new ECKeyGenerator(Curve.P_256).keyID(id).generate().toPublicJWK()).toString();
    }

    @Test
    void aFileIsReadAgainWhenItChangesAndGivesNoKeysWhenItIsGoneOrBroken(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("jwks.json"), keys("one"));
        IssuerKeys set = IssuerKeys.file(file);
        assertThat(set.keys(null)).isNotNull().matches(keys -> keys.mayHave("one"));

        Files.writeString(file, keys("two"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 5000));
        assertThat(set.keys(null)).isNotNull().matches(keys -> keys.mayHave("two") && !keys.mayHave("one"));

        Files.writeString(file, "{");
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 9000));
        assertThat(set.keys(null)).isNull();
        Files.delete(file);
        assertThat(set.keys(null)).isNull();
    }

    @Test
    void rubbishIsNoKeySetAndPlainHttpIsNoPlaceForKeys() {
        assertThatThrownBy(() -> IssuerKeys.inline("[]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IssuerKeys.behind(URI.create("http://issuer.example/jwks"), false, Ticker.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }
}
