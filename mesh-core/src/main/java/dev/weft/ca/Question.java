package dev.weft.ca;

import dev.weft.credential.Presented;
import dev.weft.identity.Identity;
import dev.weft.identity.Subject;
import dev.weft.runtime.Ticker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One question to the authority, and what is made of its answer.
 *
 * @param shown how we prove who we are; null: by the certificate in force
 * @param request a key that is used for this one only
 */
record Question(@Nullable Presented shown, CertificateRequest request) {
    CompletionStage<List<String>> ask(Authority authority) {
        try {
            return authority.certify(request.pem(), shown);
        } catch (RuntimeException e) {
            // Whatever it is, renewals have to go on.
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * The identity that was certified.
     *
     * @param answer null: there is none
     * @param problem why
     * @param expected whose identity it has to be
     * @throws AuthorityException if it is not good enough, or there is none
     */
    Identity identity(
            @Nullable List<String> answer, @Nullable Throwable problem, Subject expected, long epoch, Ticker ticker)
            throws AuthorityException {
        if (answer == null) {
            throw problem(problem);
        }
        return CertificateAnswer.read(answer, request.key(), expected, epoch, ticker);
    }

    private static AuthorityException problem(@Nullable Throwable problem) {
        Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
        return cause instanceof AuthorityException known
                ? known
                : new AuthorityException(AuthorityException.Kind.UNAVAILABLE, String.valueOf(cause));
    }
}
