package dev.weft.identity;

import static dev.weft.identity.TestAuthority.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;

import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;

final class MeshKeysTest {
    private final TestAuthority root = TestAuthority.root("root");
    private final HeldIdentity source = IdentitySource.of(root.identity(REVIEWS, 1));
    private final X509ExtendedKeyManager keys = MeshKeys.of(source);

    @Test
    void keyAndChainBelongTogetherAlsoIfARotationComesBetweenTheQuestions() {
        Identity first = source.current();
        assertThat(first).isNotNull();
        String alias = keys.chooseEngineServerAlias("EC", null, null);
        source.set(root.identity(REVIEWS, 2));

        assertThat(keys.getPrivateKey(alias)).isSameAs(first.svid().key());
        assertThat(keys.getCertificateChain(alias)).containsExactly(first.svid().leaf());
        assertThat(keys.chooseEngineServerAlias("EC", null, null)).isNotEqualTo(alias);
    }

    @Test
    void oldKeysAreLetGo() {
        String alias = keys.chooseEngineServerAlias("EC", null, null);
        for (int epoch = 2; epoch < 10; epoch++) {
            source.set(root.identity(REVIEWS, epoch));
            keys.chooseEngineServerAlias("EC", null, null);
        }

        assertThat(keys.getPrivateKey(alias)).isNull();
        assertThat(keys.getCertificateChain(alias)).isNull();
    }

    @Test
    void onlyTheKindOfKeyThatIsThereIsOffered() {
        assertThat(keys.chooseEngineServerAlias("RSA", null, null)).isNull();
        assertThat(keys.chooseEngineClientAlias(new String[] {"RSA", "EC"}, null, null))
                .isEqualTo("weft-1");
        assertThat(keys.getServerAliases("EC", null)).containsExactly("weft-1");
        assertThat(keys.getClientAliases("RSA", null)).isNull();
    }

    @Test
    void nothingIsShownWithoutIdentityOrAfterItsEnd() {
        assertThat(MeshKeys.of(new HeldIdentity()).chooseEngineServerAlias("EC", null, null))
                .isNull();
        assertThat(MeshKeys.of(source, FixedClock.apart(3_600_000)).chooseEngineServerAlias("EC", null, null))
                .isNull();
        assertThat(MeshKeys.of(source, FixedClock.apart(-3_600_000)).chooseEngineServerAlias("EC", null, null))
                .isNull();
    }
}
