package dev.weft.control.access;

import dev.weft.control.access.RefusedException.Reason;
import dev.weft.identity.PrivateFiles;
import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The operators' tokens: one that each run of the control plane makes for the user who runs it, and those that were made for others, of
 * which the disk holds hashes. Safe for use from any thread and from several processes.
 */
public final class OperatorTokens {
    /** Long enough for a rotation of hands-on work, short enough that a forgotten file does no harm for years. */
    private static final Duration MAX_LIFE = Duration.ofDays(30);

    private final TokenFile file;
    private final Ticker ticker;
    private final String ownId = Secrets.id();
    private final String ownSecret = Secrets.secret();

    private OperatorTokens(TokenFile file, Ticker ticker) {
        this.file = file;
        this.ticker = ticker;
    }

    /** The tokens of a directory, which is made if there is none. */
    public static OperatorTokens open(Path directory, Ticker ticker) throws IOException {
        PrivateFiles.directory(directory);
        return new OperatorTokens(new TokenFile(directory), ticker);
    }

    /** The token of the user who runs this control plane, good until it ends. */
    public OperatorToken own(String pin, String server) {
        return new OperatorToken(ownId, ownSecret, pin, server, 0);
    }

    /**
     * Makes a token for somebody; it is on the disk when this returns.
     *
     * @param name whose it is, for the audit log
     * @param life at most 30 days
     */
    public OperatorToken create(String name, String pin, String server, Duration life) throws IOException {
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(MAX_LIFE) > 0) {
            throw new IllegalArgumentException("life of a token: " + life + ", 1 s to 30 days were expected");
        }
        String id = Secrets.id();
        String secret = Secrets.secret();
        long now = ticker.epochMillis();
        long expires = (now + life.toMillis()) / 1000;
        file.change(entries -> {
            entries.values().removeIf(entry -> entry.forgettable(now));
            entries.put(id, new TokenFile.Entry(name, Secrets.hash(secret), expires, false));
            return true;
        });
        return new OperatorToken(id, secret, pin, server, expires);
    }

    /**
     * Whose token it is.
     *
     * @return the operator's name; {@code local} for the user who runs the control plane
     */
    String check(String bearer) throws RefusedException, IOException {
        OperatorToken token = OperatorToken.decode(bearer);
        if (token == null) {
            throw new RefusedException(Reason.UNAUTHENTICATED, "an operator's token was expected; this is none");
        }
        if (token.id().equals(ownId) && Secrets.matches(token.secret(), Secrets.hash(ownSecret))) {
            return "local";
        }
        TokenFile.Entry entry = file.read().get(token.id());
        if (entry == null || !Secrets.matches(token.secret(), entry.hash())) {
            throw new RefusedException(
                    Reason.UNAUTHENTICATED, "the operator's token is not known here, or of an earlier run");
        }
        if (ticker.epochMillis() >= entry.expires() * 1000) {
            throw new RefusedException(Reason.EXPIRED, "operator's token " + token.id() + " has expired");
        }
        return entry.identity();
    }
}
