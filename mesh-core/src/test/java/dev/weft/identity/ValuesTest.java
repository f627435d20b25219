package dev.weft.identity;

import static dev.weft.identity.TestAuthority.PRODUCTPAGE;
import static dev.weft.identity.TestAuthority.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the records of this package refuse to hold, and how a source tells of changes. */
final class ValuesTest {
    private final TestAuthority root = TestAuthority.root("root");

    @Test
    void certificateKeyAndIdentityBelongTogether() {
        Svid svid = root.leaf().uri(REVIEWS).svid();
        Svid other = root.leaf().uri(REVIEWS).svid();
        Svid rsa = root.leaf().uri(REVIEWS).algorithm("RSA").svid();

        assertThat(Svid.of(svid.chain(), svid.key())).isEqualTo(svid);
        assertThatThrownBy(() -> Svid.of(svid.chain(), other.key())).hasMessageContaining("does not belong");
        assertThatThrownBy(() -> Svid.of(svid.chain(), rsa.key())).hasMessageContaining("RSA key does not belong");
        assertThatThrownBy(() -> new Svid(SpiffeId.parse(PRODUCTPAGE), svid.chain(), svid.key()))
                .hasMessageContaining("is for " + REVIEWS);
        assertThatThrownBy(() -> Svid.of(List.of(), svid.key())).hasMessageContaining("this one none");
        assertThatThrownBy(() -> Svid.of(List.of(root.certificate), svid.key()))
                .hasMessageContaining("not a workload's certificate");
    }

    @Test
    void rootsAreCasOfNamedTrustDomains() {
        assertThatThrownBy(() -> TrustBundle.of("Cluster.Local", List.of(root.certificate)))
                .hasMessageContaining("trust domain");
        assertThatThrownBy(() -> TrustBundle.of("cluster.local", List.of())).hasMessageContaining("0 roots");
        assertThatThrownBy(() -> TrustBundle.of(
                        "cluster.local", List.of(root.leaf().uri(REVIEWS).svid().leaf())))
                .hasMessageContaining("not a CA's certificate");
        assertThat(root.bundle().roots("elsewhere")).isEmpty();
    }

    @Test
    void allowingNobodyIsAMistakeAndNotEverybody() {
        assertThatThrownBy(() -> AllowedPeers.of(List.of())).hasMessageContaining("any()");
        assertThatThrownBy(() -> AllowedPeers.of(List.of("reviews"))).hasMessageContaining("'reviews'");
    }

    @Test
    void listenersHearEachChangeInOrderAndOlderOnesAreRefused() {
        HeldIdentity source = new HeldIdentity();
        List<Long> heard = new ArrayList<>();
        Runnable end = source.onChange(identity -> heard.add(identity.epoch()));
        assertThat(source.current()).isNull();

        source.set(root.identity(REVIEWS, 1));
        source.set(root.identity(REVIEWS, 5));
        assertThatThrownBy(() -> source.set(root.identity(REVIEWS, 5))).hasMessageContaining("epoch 5 cannot follow");
        end.run();
        source.set(root.identity(REVIEWS, 6));

        assertThat(heard).containsExactly(1L, 5L);
    }

    @Test
    void peerIsNamedByCertificateThenByJwt() {
        PeerIdentity peer = PeerIdentity.of(SpiffeId.parse(REVIEWS));
        PeerIdentity user = PeerIdentity.ANONYMOUS.withJwt("https://issuer/alice", Map.of("groups", List.of("a")));

        assertThat(peer.getName()).isEqualTo(REVIEWS);
        assertThat(peer.namespace()).isEqualTo("default");
        assertThat(peer.serviceAccount()).isEqualTo("reviews");
        assertThat(user.getName()).isEqualTo("https://issuer/alice");
        assertThat(user.claim("groups")).isEqualTo(List.of("a"));
        assertThat(user.isAnonymous()).isFalse();
        assertThat(user.serviceAccount()).isNull();
        assertThat(peer.withJwt("i/s", Map.of("a", 1)).getName()).isEqualTo(REVIEWS);
        assertThat(PeerIdentity.ANONYMOUS.getName()).isEqualTo("anonymous");
        assertThat(PeerIdentity.ANONYMOUS.isAnonymous()).isTrue();
    }
}
