package dev.weft.control.access;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Knows one kind of credential. Must not wait for a network: it is called on threads that everybody shares. */
@FunctionalInterface
public interface CallerAuthenticator {

    /**
     * Whose credentials these are.
     *
     * @return null if there is nothing of this kind among them
     * @throws RefusedException if there is, and it proves nothing
     */
    @Nullable
    Caller authenticate(Credentials credentials) throws RefusedException, IOException;
}
