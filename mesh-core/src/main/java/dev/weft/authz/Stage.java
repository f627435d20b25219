package dev.weft.authz;

import dev.weft.request.LocalReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Judges requests that arrive. Several follow each other; the first that refuses ends it. May be called from any thread. */
public interface Stage {
    /** Goes on with the next stage. Stages that ask nobody return this very instance. */
    CompletionStage<@Nullable LocalReply> PASS = CompletableFuture.completedFuture(null);

    /**
     * Judges one request. May note things in it, and change its head and its caller, until the result completes.
     *
     * @return completes with the answer to give instead of the application's, or with null: go on. A failure refuses the request
     */
    CompletionStage<@Nullable LocalReply> judge(Arrival arrival);

    /** The policy does not name this stage any more. Requests on their way may still be judged by it. Never called for requests. */
    default void retire() {}

    /** A refusal that is known at once. */
    static CompletionStage<@Nullable LocalReply> refuse(LocalReply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
