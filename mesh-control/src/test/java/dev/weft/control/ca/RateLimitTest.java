package dev.weft.control.ca;

import static dev.weft.control.access.Someone.RATINGS;
import static dev.weft.control.access.Someone.REVIEWS;
import static dev.weft.control.ca.CaServer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.control.access.MovableClock;
import dev.weft.control.access.RateLimit;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitTest {
    private final MovableClock clock = new MovableClock();

    @Test
    void aBurstIsAllowedAndThenOneEachPeriod() {
        RateLimit limit = new RateLimit(3, Duration.ofSeconds(10), clock);
        for (int i = 0; i < 3; i++) {
            assertThat(limit.tryTake("a")).isTrue();
        }
        assertThat(limit.tryTake("a")).isFalse();
        assertThat(limit.tryTake("b")).isTrue();

        clock.advance(Duration.ofSeconds(10));
        assertThat(limit.tryTake("a")).isTrue();
        assertThat(limit.tryTake("a")).isFalse();

        clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            assertThat(limit.tryTake("a")).isTrue();
        }
        assertThat(limit.tryTake("a")).isFalse();
    }

    @Test
    void oneIdentityThatAsksTooOftenDoesNotHarmAnother(@TempDir Path directory) throws Exception {
        KeyPair keys = Certificates.newKeyPair();
        String csr = Requests.csr(keys, "spiffe://x/ns/x/sa/x");
        try (CaServer server = new CaServer(directory, clock, new RateLimit(2, Duration.ofMinutes(1), clock))) {
            server.client(server.token(REVIEWS)).createCertificate(request(csr));
            server.client(server.token(REVIEWS)).createCertificate(request(csr));

            assertThat(refused(server, server.token(REVIEWS), csr)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(server.lastAudit().get("reason").getAsString()).isEqualTo("rate_limited");
            assertThat(server.lastAudit().get("identity").getAsString()).isEqualTo(REVIEWS.toString());
            server.client(server.token(RATINGS)).createCertificate(request(csr));
        }
    }

    @Test
    void oneAddressThatAsksTooOftenIsRefusedBeforeItIsKnownWhoAsks(@TempDir Path directory) throws Exception {
        String csr = Requests.csr(Certificates.newKeyPair(), "spiffe://x/ns/x/sa/x");
        try (CaServer server = new CaServer(directory, clock)) {
            for (int i = 0; i < 50; i++) {
                assertThat(refused(server, "guess", csr)).isEqualTo(Status.Code.UNAUTHENTICATED);
            }
            assertThat(refused(server, "guess", csr)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(server.audit()).hasSize(51);
            assertThat(server.lastAudit().get("reason").getAsString()).isEqualTo("rate_limited");
        }
    }

    private static Status.Code refused(CaServer server, String bearer, String csr) {
        StatusRuntimeException e = catchThrowableOfType(
                StatusRuntimeException.class, () -> server.shared(bearer).createCertificate(request(csr)));
        assertThat(e).isNotNull();
        return e.getStatus().getCode();
    }
}
