package dev.weft.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class RemoteKeysTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final ManualWorld manual = World.manual();
    private final Deque<CompletableFuture<KeySet>> fetches = new ArrayDeque<>();
    private int count;
    private final RemoteKeys remote = new RemoteKeys(
            "https://issuer/keys", this::fetch, FIVE_MINUTES, manual.world().ticker());

    private CompletionStage<KeySet> fetch() {
        count++;
        CompletableFuture<KeySet> fetch = new CompletableFuture<>();
        fetches.add(fetch);
        return fetch;
    }

    private void arrives(KeySet keys) {
        fetches.remove().complete(keys);
    }

    private void fails() {
        fetches.remove().completeExceptionally(new IOException("connection refused"));
    }

    @Test
    void theFirstFetchBeginsAtOnceAndIsWorthWaitingFor() {
        assertThat(count).isEqualTo(1);
        assertThat(remote.keys()).isNull();
        CompletionStage<Void> waiting = remote.worthWaitingFor("k1");
        arrives(Tokens.keys(Tokens.RSA));
        assertThat(waiting).isCompleted();
        assertThat(remote.keys()).isNotNull();
        assertThat(remote.worthWaitingFor("k1")).isNull();
        assertThat(count).isEqualTo(1);
    }

    @Test
    void oldKeysAreRefreshedWhileTheyServe() {
        KeySet before = Tokens.keys(Tokens.RSA);
        arrives(before);
        manual.advance(FIVE_MINUTES);
        assertThat(remote.keys()).isSameAs(before);
        assertThat(remote.keys()).isSameAs(before);
        assertThat(count).isEqualTo(2);
        KeySet after = Tokens.keys(Tokens.OTHER);
        arrives(after);
        assertThat(remote.keys()).isSameAs(after);
    }

    @Test
    void anUnknownKeyIsAskedForAtMostTwiceAMinute() {
        arrives(Tokens.keys(Tokens.RSA));
        assertThat(remote.worthWaitingFor("invented")).isNull();
        manual.advance(Duration.ofSeconds(30));
        assertThat(remote.worthWaitingFor("k2")).isNotNull();
        arrives(Tokens.keys(Tokens.RSA, Tokens.OTHER));
        assertThat(remote.worthWaitingFor("k2")).isNull();
        for (int i = 0; i < 1000; i++) {
            assertThat(remote.worthWaitingFor("invented-" + i)).isNull();
        }
        assertThat(count).isEqualTo(2);
    }

    @Test
    void anIssuerThatDoesNotAnswerIsLeftAloneForTenSeconds() {
        fails();
        assertThat(remote.keys()).isNull();
        assertThat(remote.worthWaitingFor("k1")).isNull();
        manual.advance(Duration.ofSeconds(9));
        assertThat(remote.worthWaitingFor("k1")).isNull();
        manual.advance(Duration.ofSeconds(1));
        assertThat(remote.worthWaitingFor("k1")).isNotNull();
        assertThat(count).isEqualTo(2);
    }

    @Test
    void keysThatCannotBeRefreshedServeForAnHourAndNotLonger() {
        KeySet before = Tokens.keys(Tokens.RSA);
        arrives(before);
        for (int minutes = 5; minutes <= 60; minutes += 5) {
            manual.advance(FIVE_MINUTES);
            assertThat(remote.keys()).as("after %s minutes", minutes).isSameAs(before);
            fails();
        }
        manual.advance(FIVE_MINUTES);
        assertThat(remote.keys()).isNull();
    }

    @Test
    void aFetchThatThrowsIsAFetchThatFailed() {
        RemoteKeys broken = new RemoteKeys(
                "https://issuer/keys",
                () -> {
                    throw new IllegalStateException("no thread");
                },
                FIVE_MINUTES,
                manual.world().ticker());
        assertThat(broken.keys()).isNull();
        assertThat(broken.worthWaitingFor(null)).isNull();
    }
}
