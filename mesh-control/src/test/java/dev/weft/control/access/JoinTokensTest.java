package dev.weft.control.access;

import static dev.weft.control.access.Someone.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.control.access.RefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTokensTest {
    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock();

    private JoinTokens open() throws Exception {
        return JoinTokens.open(directory, clock);
    }

    @Test
    void aTokenIsWrittenAsItIsAgreed() throws Exception {
        JoinToken token = open().create(REVIEWS, "ab12", Duration.ofHours(1));

        assertThat(token.encoded()).startsWith("weft1.").doesNotContain("=");
        JsonObject json = JsonParser.parseString(
                        new String(Base64.getUrlDecoder().decode(token.encoded().substring(6)), StandardCharsets.UTF_8))
                .getAsJsonObject();
        assertThat(json.keySet()).containsExactlyInAnyOrder("id", "secret", "identity", "pin", "expires");
        assertThat(json.get("identity").getAsString()).isEqualTo(REVIEWS.toString());
        assertThat(json.get("pin").getAsString()).isEqualTo("ab12");
        assertThat(json.get("expires").getAsLong()).isEqualTo((clock.epochMillis() + 3_600_000) / 1000);
        assertThat(JoinToken.decode(token.encoded())).isEqualTo(token);
        assertThat(token.toString()).doesNotContain(token.secret());
    }

    @Test
    void noSecretIsOnTheDisk() throws Exception {
        JoinToken token = open().create(REVIEWS, "pin", Duration.ofHours(1));

        assertThat(Files.readString(directory.resolve("tokens.json")))
                .contains(token.id())
                .doesNotContain(token.secret());
    }

    @Test
    void tokensAndTheirUseSurviveARestart() throws Exception {
        JoinToken token = open().create(REVIEWS, "pin", Duration.ofHours(1));

        assertThat(open().check(token)).isEqualTo(REVIEWS);
        open().redeem(token);

        assertThat(refusal(open(), token)).isEqualTo(Reason.REPLAYED);
    }

    @Test
    void ofManyWhoRedeemATokenAtOnceOneSucceeds() throws Exception {
        JoinToken token = open().create(REVIEWS, "pin", Duration.ofHours(1));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> tries = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                JoinTokens tokens = open();
                tries.add(pool.submit(() -> {
                    try {
                        tokens.redeem(token);
                        return true;
                    } catch (RefusedException e) {
                        return false;
                    }
                }));
            }
            int granted = 0;
            for (Future<Boolean> attempt : tries) {
                granted += attempt.get() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aGuessLearnsNothingOfATokenThatExists() throws Exception {
        JoinTokens tokens = open();
        JoinToken token = tokens.create(REVIEWS, "pin", Duration.ofHours(1));
        tokens.redeem(token);

        assertThat(refusal(tokens, new JoinToken(token.id(), "guess", token.identity(), "pin", token.expires())))
                .isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(refusal(tokens, new JoinToken("unknown", token.secret(), token.identity(), "pin", 0)))
                .isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void whatTheTokenSaysOfItselfDoesNotCount() throws Exception {
        JoinTokens tokens = open();
        JoinToken token = tokens.create(REVIEWS, "pin", Duration.ofHours(1));
        String admin = "spiffe://cluster.local/ns/default/sa/admin";
        clock.advance(Duration.ofMinutes(59));
        JoinToken changed = new JoinToken(token.id(), token.secret(), admin, "pin", Long.MAX_VALUE);

        assertThat(tokens.check(changed)).isEqualTo(REVIEWS);
        clock.advance(Duration.ofMinutes(2));
        assertThat(refusal(tokens, changed)).isEqualTo(Reason.EXPIRED);
    }

    private static Reason refusal(JoinTokens tokens, JoinToken token) {
        RefusedException e = catchThrowableOfType(RefusedException.class, () -> tokens.check(token));
        assertThat(e).isNotNull();
        return e.reason();
    }
}
