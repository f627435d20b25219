package dev.weft.control.access;

import dev.weft.control.access.RefusedException.Reason;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several kinds of credentials. All that are shown have to be good, and of one identity. */
public final class Authenticators {
    private final List<CallerAuthenticator> each;
    private final String expected;

    /**
     * Knows these kinds.
     *
     * @param expected what they are, for the refusal of a caller who shows nothing: {@code a client certificate or a JWT}
     */
    public Authenticators(String expected, List<CallerAuthenticator> each) {
        this.expected = expected;
        this.each = List.copyOf(each);
    }

    /**
     * Whose credentials these are.
     *
     * @throws RefusedException if one of them proves nothing, if they are of different identities, or if there are none
     */
    public Caller authenticate(Credentials credentials) throws RefusedException, IOException {
        @Nullable Caller found = null;
        for (CallerAuthenticator one : each) {
            Caller next = one.authenticate(credentials);
            if (next != null && found != null && !found.identity().equals(next.identity())) {
                throw new RefusedException(
                        Reason.FOREIGN_IDENTITY,
                        "the " + found.method() + " is of " + found.identity() + ", the " + next.method() + " of "
                                + next.identity());
            }
            found = found == null ? next : found;
        }
        if (found == null) {
            throw new RefusedException(
                    Reason.UNAUTHENTICATED, "no credential that is known here: " + expected + " was expected");
        }
        return found;
    }
}
