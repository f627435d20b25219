package dev.weft.control.access;

import dev.weft.control.access.RefusedException.Reason;
import dev.weft.identity.PrivateFiles;
import dev.weft.identity.SpiffeId;
import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Join tokens: each good once, for one identity, until it expires. On disk are hashes only. Another process may create tokens
 * in the same directory at the same time; safe for use from any thread.
 */
public final class JoinTokens {
    private static final Duration MAX_LIFE = Duration.ofDays(30);

    private final TokenFile file;
    private final Ticker ticker;

    private JoinTokens(TokenFile file, Ticker ticker) {
        this.file = file;
        this.ticker = ticker;
    }

    /** The tokens of a directory, which is made if there is none. */
    public static JoinTokens open(Path directory, Ticker ticker) throws IOException {
        PrivateFiles.directory(directory);
        return new JoinTokens(new TokenFile(directory), ticker);
    }

    /**
     * Makes a token; it is on the disk when this returns.
     *
     * @param rootPin of the authority, see {@link CertificateAuthority#rootPin()}
     * @param life until it expires unused, at most 30 days
     */
    public JoinToken create(SpiffeId identity, String rootPin, Duration life) throws IOException {
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(MAX_LIFE) > 0) {
            throw new IllegalArgumentException("life of a token: " + life + ", 1 s to 30 days were expected");
        }
        long now = ticker.epochMillis();
        long expires = (now + life.toMillis()) / 1000;
        String name = Secrets.id();
        String text = Secrets.secret();
        file.change(entries -> {
            entries.values().removeIf(entry -> entry.forgettable(now));
            entries.put(name, new TokenFile.Entry(identity.toString(), Secrets.hash(text), expires, false));
            return true;
        });
        return new JoinToken(name, text, identity.toString(), rootPin, expires);
    }

    /**
     * Whose token it is. It is not used up by this.
     *
     * @throws RefusedException if it is unknown, used or expired
     */
    SpiffeId check(JoinToken token) throws RefusedException, IOException {
        return judge(token, file.read().get(token.id()));
    }

    /**
     * Uses a token up: of two who try at the same moment one is refused. On the disk when this returns.
     *
     * @throws RefusedException as {@link #check}
     */
    void redeem(JoinToken token) throws RefusedException, IOException {
        AtomicReference<@Nullable RefusedException> refusal = new AtomicReference<>();
        file.change(entries -> {
            TokenFile.Entry entry = entries.get(token.id());
            try {
                judge(token, entry);
            } catch (RefusedException e) {
                refusal.set(e);
                return false;
            }
            entries.computeIfPresent(token.id(), (id, known) -> known.spent());
            return true;
        });
        RefusedException refused = refusal.get();
        if (refused != null) {
            throw refused;
        }
    }

    private SpiffeId judge(JoinToken token, TokenFile.@Nullable Entry entry) throws RefusedException {
        // An unknown id takes the same comparison, so that time does not tell ids.
        boolean right = Secrets.matches(token.secret(), entry == null ? "" : entry.hash());
        if (entry == null || !right) {
            throw new RefusedException(Reason.UNAUTHENTICATED, "the join token is not known here");
        }
        if (entry.used()) {
            throw new RefusedException(
                    Reason.REPLAYED, "join token " + token.id() + " was used before; ask for a new one");
        }
        if (ticker.epochMillis() >= entry.expires() * 1000) {
            throw new RefusedException(Reason.EXPIRED, "join token " + token.id() + " has expired; ask for a new one");
        }
        return SpiffeId.parse(entry.identity());
    }
}
