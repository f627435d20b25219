package dev.weft.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.http.kit.Eventually;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.PeerRefusedException;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mesh's key and trust decisions inside Netty, with the JDK's TLS and with OpenSSL, in all four pairings. */
final class IdentityOnNettyTest {
    private static final String REVIEWS = "spiffe://cluster.local/ns/default/sa/reviews";
    private static final String PRODUCTPAGE = "spiffe://cluster.local/ns/default/sa/productpage";
    private static final int CALLERS = 3;

    private final Workloads ca = new Workloads();
    private final HeldIdentity reviews = IdentitySource.of(ca.identity(REVIEWS, 1));
    private final HeldIdentity productpage = IdentitySource.of(ca.identity(PRODUCTPAGE, 1));
    private final AllowedPeers onlyReviews = AllowedPeers.of(List.of(REVIEWS));

    IdentityOnNettyTest() throws Exception {}

    @ParameterizedTest
    @CsvSource({"JDK, JDK", "JDK, OPENSSL", "OPENSSL, JDK", "OPENSSL, OPENSSL"})
    void eachConnectionIsCheckedOnBothSidesAndNoneResumes(Tls client, Tls server) throws Exception {
        AtomicInteger seenByClient = new AtomicInteger();
        AtomicInteger seenByServer = new AtomicInteger();
        SslContext calling =
                client.client(productpage, AllowedPeers.matching(id -> seenByClient.incrementAndGet() > 0, "all"));
        try (NamingServer naming = new NamingServer(
                server.server(reviews, AllowedPeers.matching(id -> seenByServer.incrementAndGet() > 0, "all")))) {
            for (int i = 0; i < 5; i++) {
                assertThat(naming.call(calling)).isEqualTo(PRODUCTPAGE);
            }
        }

        assertThat(seenByClient).hasValue(5);
        assertThat(seenByServer).hasValue(5);
    }

    @ParameterizedTest
    @CsvSource({"JDK, OPENSSL", "OPENSSL, JDK", "OPENSSL, OPENSSL"})
    void keysAndThenRootsChangeUnderLoadAndNoHandshakeFails(Tls client, Tls server) throws Exception {
        Workloads next = new Workloads();
        SslContext calling = client.client(productpage, onlyReviews);
        AtomicInteger calls = new AtomicInteger();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (NamingServer naming = new NamingServer(server.server(reviews, AllowedPeers.of(List.of(PRODUCTPAGE))))) {
            List<Future<?>> running = new ArrayList<>();
            AtomicInteger stage = new AtomicInteger();
            for (int i = 0; i < CALLERS; i++) {
                running.add(callers.submit(() -> {
                    while (stage.get() < 2 && failures.isEmpty()) {
                        try {
                            assertThat(naming.call(calling)).isEqualTo(PRODUCTPAGE);
                            calls.incrementAndGet();
                        } catch (Throwable e) {
                            failures.add(e);
                        }
                    }
                }));
            }
            int epoch = 2;
            for (; (epoch < 30 || calls.get() < 30) && failures.isEmpty(); epoch++) {
                reviews.set(ca.identity(REVIEWS, epoch));
                productpage.set(ca.identity(PRODUCTPAGE, epoch));
            }
            // Both roots everywhere, then certificates of the next, then the next alone.
            reviews.set(ca.identity(REVIEWS, epoch, ca.root, next.root));
            productpage.set(ca.identity(PRODUCTPAGE, epoch, ca.root, next.root));
            callsMore(calls, failures);
            reviews.set(next.identity(REVIEWS, epoch + 1, ca.root, next.root));
            callsMore(calls, failures);
            productpage.set(next.identity(PRODUCTPAGE, epoch + 1, ca.root, next.root));
            callsMore(calls, failures);
            reviews.set(next.identity(REVIEWS, epoch + 2));
            productpage.set(next.identity(PRODUCTPAGE, epoch + 2));
            callsMore(calls, failures);
            stage.set(2);
            for (Future<?> caller : running) {
                caller.get();
            }
            assertThat(failures).as("failed handshakes").isEmpty();
            assertThat(naming.failures).as("failures at the server").isEmpty();

            SslContext behind = client.client(IdentitySource.of(ca.identity(PRODUCTPAGE, 1, next.root)), onlyReviews);
            assertThatThrownBy(() -> naming.call(behind)).isInstanceOf(Exception.class);
            assertThat(check(naming.failure())).isEqualTo(PeerRefusedException.Check.CHAIN);
        } finally {
            callers.shutdownNow();
        }
    }

    private static void callsMore(AtomicInteger calls, List<Throwable> failures) {
        int enough = calls.get() + 2 * CALLERS + 4;
        Eventually.is("calls go on", () -> calls.get() >= enough || !failures.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"JDK, JDK", "JDK, OPENSSL", "OPENSSL, JDK", "OPENSSL, OPENSSL"})
    void otherIdentityThanAllowedIsRefusedOnEitherSide(Tls client, Tls server) throws Exception {
        SslContext mistaken = client.client(productpage, AllowedPeers.of(List.of(PRODUCTPAGE)));
        SslContext calling = client.client(productpage, onlyReviews);
        try (NamingServer naming = new NamingServer(server.server(reviews, AllowedPeers.any()))) {
            assertThatThrownBy(() -> naming.call(mistaken))
                    .hasStackTraceContaining("peer refused, ALLOWED: the peer is " + REVIEWS);
        }
        try (NamingServer naming = new NamingServer(server.server(reviews, onlyReviews))) {
            assertThatThrownBy(() -> naming.call(calling)).isInstanceOf(Exception.class);
            assertThat(check(naming.failure())).isEqualTo(PeerRefusedException.Check.ALLOWED);
        }
    }

    @ParameterizedTest
    @CsvSource({"JDK, OPENSSL", "OPENSSL, JDK", "OPENSSL, OPENSSL"})
    void withoutIdentityOrWithAnExpiredOneNothingIsSaid(Tls client, Tls server) throws Exception {
        HeldIdentity nobody = new HeldIdentity();
        HeldIdentity expired = IdentitySource.of(ca.identity(PRODUCTPAGE, 1, -60_000, ca.root));
        SslContext calling = client.client(productpage, onlyReviews);
        try (NamingServer empty = new NamingServer(server.server(nobody, AllowedPeers.any()));
                NamingServer naming = new NamingServer(server.server(reviews, AllowedPeers.any()))) {
            assertThatThrownBy(() -> empty.call(calling)).isInstanceOf(Exception.class);
            assertThatThrownBy(() -> naming.call(client.client(nobody, onlyReviews)))
                    .hasStackTraceContaining("no identity yet");
            assertThatThrownBy(() -> naming.call(client.client(expired, onlyReviews)))
                    .hasStackTraceContaining("own identity " + PRODUCTPAGE + " expired");
        }
    }

    private static PeerRefusedException.Check check(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PeerRefusedException refused) {
                return refused.check();
            }
        }
        throw new AssertionError("not refused by a check", failure);
    }
}
