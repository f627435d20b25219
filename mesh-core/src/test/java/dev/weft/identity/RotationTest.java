package dev.weft.identity;

import static dev.weft.identity.TestAuthority.PRODUCTPAGE;
import static dev.weft.identity.TestAuthority.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Identities change while handshakes run, as fast as certificates can be made; contexts are made once. */
final class RotationTest {
    private static final int CALLERS = 4;

    private final TestAuthority old = TestAuthority.root("root");
    private final TestAuthority next = TestAuthority.root("root");
    private final HeldIdentity reviews = IdentitySource.of(old.identity(REVIEWS, 1));
    private final HeldIdentity productpage = IdentitySource.of(old.identity(PRODUCTPAGE, 1));
    private final SSLContext client = MeshTls.client(productpage, AllowedPeers.of(List.of(REVIEWS)));
    private final SSLContext serving = MeshTls.server(reviews, AllowedPeers.of(List.of(PRODUCTPAGE)));
    private final TrustBundle both = TrustBundle.of("cluster.local", List.of(old.certificate, next.certificate));

    @Test
    void keysChangeUnderLoadAndNoHandshakeFails() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        int rotations = underLoad(calls, epoch -> {
            reviews.set(old.identity(REVIEWS, epoch));
            productpage.set(old.identity(PRODUCTPAGE, epoch));
            return epoch < 40 || calls.get() < 50;
        });

        assertThat(rotations).isGreaterThan(10);
    }

    @Test
    void rootChangesInStagesUnderLoadAndNoHandshakeFails() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger[] enough = {new AtomicInteger()};
        List<Runnable> stages = List.of(
                () -> reviews.set(new Identity(old.leaf().uri(REVIEWS).svid(), both, 2)),
                () -> productpage.set(new Identity(old.leaf().uri(PRODUCTPAGE).svid(), both, 2)),
                () -> reviews.set(new Identity(next.leaf().uri(REVIEWS).svid(), both, 3)),
                () -> productpage.set(new Identity(next.leaf().uri(PRODUCTPAGE).svid(), both, 3)),
                () -> reviews.set(next.identity(REVIEWS, 4)),
                () -> productpage.set(next.identity(PRODUCTPAGE, 4)));
        underLoad(calls, epoch -> {
            // Each stage lasts for some handshakes before the next.
            if (calls.get() >= enough[0].get()) {
                enough[0].set(calls.get() + 15);
                stages.get((int) (epoch - 2)).run();
                return epoch - 1 < stages.size();
            }
            LockSupport.parkNanos(100_000);
            return null;
        });

        try (TlsServer server = new TlsServer(serving)) {
            SSLContext behind = MeshTls.client(
                    IdentitySource.of(new Identity(old.leaf().uri(PRODUCTPAGE).svid(), both, 1)), AllowedPeers.any());
            assertThatThrownBy(() -> server.call(behind)).isInstanceOf(java.io.IOException.class);
        }
    }

    /** Answers whether there is more to do; null = ask again with the same epoch. */
    private interface Rotation {
        Boolean next(long epoch);
    }

    /** Calls from several threads while the rotation runs, and some more after it. */
    private int underLoad(AtomicInteger calls, Rotation rotation) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Exception> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        long epoch = 2;
        try (TlsServer server = new TlsServer(serving)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                running.add(callers.submit(() -> {
                    for (int last = 0; last < 10 && failures.isEmpty(); last += done.get() ? 1 : 0) {
                        try {
                            assertThat(server.call(client)).isEqualTo(PRODUCTPAGE);
                            calls.incrementAndGet();
                        } catch (Exception e) {
                            failures.add(e);
                        }
                    }
                }));
            }
            Boolean more = true;
            while ((more == null || more) && failures.isEmpty()) {
                more = rotation.next(epoch);
                epoch += more == null ? 0 : 1;
            }
            done.set(true);
            for (Future<?> caller : running) {
                caller.get();
            }
            assertThat(failures).as("failed handshakes").isEmpty();
            assertThat(server.failures).as("failures at the server").isEmpty();
        } finally {
            callers.shutdownNow();
        }
        return (int) epoch - 2;
    }
}
