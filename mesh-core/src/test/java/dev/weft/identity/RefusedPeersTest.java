package dev.weft.identity;

import static dev.weft.identity.TestAuthority.PRODUCTPAGE;
import static dev.weft.identity.TestAuthority.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.identity.PeerRefusedException.Check;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Peers that keep to no rules, over sockets, from both sides: each is refused, for its own reason. */
final class RefusedPeersTest {
    private static final long HOUR = 3_600_000;

    private final TestAuthority root = TestAuthority.root("root");
    private final TestAuthority issuer = root.intermediate("issuer");
    private final HeldIdentity own = IdentitySource.of(root.identity(PRODUCTPAGE, 1));
    private final AllowedPeers onlyReviews = AllowedPeers.of(List.of(REVIEWS));

    private Map<String, Map.Entry<TestAuthority.Leaf, Check>> hostile() {
        long now = System.currentTimeMillis();
        Map<String, Map.Entry<TestAuthority.Leaf, Check>> all = new TreeMap<>();
        all.put("expired", Map.entry(issuer.leaf().uri(REVIEWS).from(now - 2 * HOUR, HOUR), Check.TIMES));
        all.put("not begun", Map.entry(issuer.leaf().uri(REVIEWS).from(now + HOUR, HOUR), Check.TIMES));
        all.put("wrong identity", Map.entry(issuer.leaf().uri(PRODUCTPAGE), Check.ALLOWED));
        all.put("two URI names", Map.entry(issuer.leaf().uri(REVIEWS).uri(PRODUCTPAGE), Check.NAMES));
        all.put("no URI name", Map.entry(issuer.leaf().dns("reviews"), Check.NAMES));
        all.put("NUL in the URI", Map.entry(issuer.leaf().uri(REVIEWS + "\0x").uncritical(), Check.NAMES));
        all.put("NUL in a DNS name", Map.entry(issuer.leaf().uri(REVIEWS).dns("a\0b"), Check.NAMES));
        all.put("no key usage", Map.entry(issuer.leaf().uri(REVIEWS).usage(0), Check.KEY_USAGE));
        all.put("no purpose", Map.entry(issuer.leaf().uri(REVIEWS).purposes(), Check.EXTENDED_KEY_USAGE));
        all.put("a CA", Map.entry(issuer.leaf().uri(REVIEWS).ca(), Check.BASIC_CONSTRAINTS));
        all.put("another CA's", Map.entry(TestAuthority.root("root").leaf().uri(REVIEWS), Check.CHAIN));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> asServer() {
        SSLContext client = MeshTls.client(own, onlyReviews);
        return hostile().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    try (TlsServer server =
                            new TlsServer(context(entry.getValue().getKey().hostile()))) {
                        Throwable failure = catchThrowable(() -> server.call(client));
                        assertThat(check(failure)).isEqualTo(entry.getValue().getValue());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> asClient() {
        SSLContext serving = MeshTls.server(own, onlyReviews);
        return hostile().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    try (TlsServer server = new TlsServer(serving)) {
                        SSLContext client = context(entry.getValue().getKey().hostile());
                        assertThat(catchThrowable(() -> server.call(client))).isNotNull();
                        assertThat(check(server.failure()))
                                .isEqualTo(entry.getValue().getValue());
                    }
                }));
    }

    private static Check check(Throwable failure) {
        assertThat(failure).isNotNull();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PeerRefusedException refused) {
                return refused.check();
            }
        }
        throw new AssertionError("not refused by a check", failure);
    }

    private static SSLContext context(KeyManager[] keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Credulous()}, null);
        return context;
    }

    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
