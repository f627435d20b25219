package dev.weft.authz.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.authz.Arrival;
import dev.weft.config.JwtStage;
import dev.weft.jose.KeySet;
import dev.weft.jose.RemoteKeys;
import dev.weft.jose.Tokens;
import dev.weft.request.LocalReply;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Keys behind a URL, on the way and gone. */
final class JwtRemoteKeysTest {
    private static final JwtStage STAGE =
            Providers.stage(Providers.of(Providers.ISSUER).remote("https://issuer/keys"));

    private final ManualWorld manual = World.manual();
    private final Deque<CompletableFuture<KeySet>> fetches = new ArrayDeque<>();
    private final JwtFilter filter = JwtFilter.of(
            STAGE,
            where -> new RemoteKeys(
                    where.url().toString(),
                    () -> {
                        CompletableFuture<KeySet> fetch = new CompletableFuture<>();
                        fetches.add(fetch);
                        return fetch;
                    },
                    where.cacheFor(),
                    manual.world().ticker()),
            manual.world().ticker());

    private CompletableFuture<LocalReply> ask(String token) {
        Arrival arrival = Asked.arrival("/", "authorization", "Bearer " + token);
        return filter.judge(arrival).toCompletableFuture();
    }

    private static String token(com.nimbusds.jose.jwk.RSAKey key) {
        return Tokens.signed(key, "{\"iss\":\"" + Providers.ISSUER + "\",\"sub\":\"s\"}");
    }

    @Test
    void aRequestWithATokenWaitsForTheFirstKeysAndOneWithoutDoesNot() {
        CompletableFuture<LocalReply> waiting = ask(token(Tokens.RSA));
        assertThat(waiting).isNotDone();
        assertThat(Asked.of(filter, "/").verdict()).isEqualTo("passed");
        fetches.remove().complete(Tokens.keys(Tokens.RSA));
        assertThat(waiting).isCompletedWithValue(null);
        assertThat(ask(token(Tokens.RSA))).isCompletedWithValue(null);
    }

    @Test
    void keysThatCannotBeFetchedRefuse() {
        CompletableFuture<LocalReply> waiting = ask(token(Tokens.RSA));
        fetches.remove().completeExceptionally(new IOException("connection refused"));
        assertThat(waiting.join().status()).isEqualTo(401);
        assertThat(waiting.join().body()).isEqualTo("Jwks remote fetch is failed");
        assertThat(ask(token(Tokens.RSA)).join().body()).isEqualTo("Jwks remote fetch is failed");
        assertThat(fetches).isEmpty();
    }

    @Test
    void aNewKeyIsWaitedForAndAnInventedOneOnlyOnce() {
        fetches.remove().complete(Tokens.keys(Tokens.RSA));
        manual.advance(Duration.ofSeconds(31));
        CompletableFuture<LocalReply> waiting = ask(token(Tokens.OTHER));
        assertThat(waiting).isNotDone();
        fetches.remove().complete(Tokens.keys(Tokens.RSA, Tokens.OTHER));
        assertThat(waiting).isCompletedWithValue(null);
        assertThat(ask(Tokens.unsigned(
                                "{\"alg\":\"RS256\",\"kid\":\"invented\"}", "{\"iss\":\"" + Providers.ISSUER + "\"}"))
                        .join()
                        .body())
                .isEqualTo("Jwks doesn't have key to match kid or alg from Jwt");
        assertThat(fetches).isEmpty();
    }

    @Test
    void tokensOfStrangersMakeNobodyFetch() {
        fetches.remove().complete(Tokens.keys(Tokens.RSA));
        manual.advance(Duration.ofSeconds(31));
        assertThat(ask(Tokens.unsigned("{\"alg\":\"RS256\",\"kid\":\"k9\"}", "{\"iss\":\"stranger\"}"))
                        .join()
                        .body())
                .isEqualTo("Jwt issuer is not configured");
        assertThat(fetches).isEmpty();
    }

    @Test
    void aWithdrawnKeyIsForgottenWithAllItVerified() {
        fetches.remove().complete(Tokens.keys(Tokens.RSA));
        String token = token(Tokens.RSA);
        assertThat(ask(token)).isCompletedWithValue(null);
        manual.advance(Duration.ofMinutes(5));
        assertThat(ask(token)).isCompletedWithValue(null);
        fetches.remove().complete(Tokens.keys(Tokens.OTHER));
        manual.advance(Duration.ofSeconds(1));
        assertThat(ask(token).join().body()).isEqualTo("Jwks doesn't have key to match kid or alg from Jwt");
    }

    @Test
    void whatWasVerifiedExpiresAllTheSame() {
        fetches.remove().complete(Tokens.keys(Tokens.RSA));
        long now = manual.epochMillis() / 1000;
        String token = Tokens.signed(
                Tokens.RSA, "{\"iss\":\"" + Providers.ISSUER + "\",\"exp\":" + Math.max(1, now + 10) + "}");
        assertThat(ask(token)).isCompletedWithValue(null);
        manual.advance(Duration.ofSeconds(72));
        assertThat(ask(token).join().body()).isEqualTo("Jwt is expired");
    }
}
