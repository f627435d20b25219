package dev.weft.control.access;

import dev.weft.control.access.RefusedException.Reason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Authenticates by a join token, which is spent when something is granted for it. */
public final class JoinTokenAuthenticator implements CallerAuthenticator {
    private final JoinTokens tokens;

    public JoinTokenAuthenticator(JoinTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public @Nullable Caller authenticate(Credentials credentials) throws RefusedException, IOException {
        String bearer = credentials.bearer();
        if (bearer == null || !bearer.startsWith(JoinToken.PREFIX)) {
            return null;
        }
        JoinToken token = JoinToken.decode(bearer);
        if (token == null) {
            throw new RefusedException(Reason.UNAUTHENTICATED, "the join token cannot be read");
        }
        return new Caller(tokens.check(token), "join-token", token.expires() * 1000, () -> tokens.redeem(token));
    }
}
