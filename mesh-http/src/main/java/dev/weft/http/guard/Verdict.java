package dev.weft.http.guard;

import dev.weft.engine.InboundExchange;
import dev.weft.request.LocalReply;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the engine says of a request, both questions in their order. */
public final class Verdict {
    private Verdict() {}

    /** Asks whether the request may pass. Complete already unless somebody else must be asked; never fails. */
    public static CompletableFuture<@Nullable LocalReply> of(InboundExchange inbound) {
        return inbound.decide().toCompletableFuture();
    }

    /** The same where an application may route without the parameters of segments, as WebFlux does: both readings must pass. */
    public static CompletableFuture<@Nullable LocalReply> ofRouted(InboundExchange inbound) {
        String bare = DispatchedPath.withoutParameters(inbound.head().path());
        return bare == null ? of(inbound) : of(inbound, bare);
    }

    /** The same where the server has chosen a handler already, by this decoded path. */
    public static CompletableFuture<@Nullable LocalReply> of(InboundExchange inbound, String dispatched) {
        return inbound.decide(dispatched).toCompletableFuture();
    }

    /**
     * The mesh's own answer, or null: the handler is to run, now.
     *
     * @param decision waited for, if it is not complete
     */
    public static @Nullable LocalReply now(CompletableFuture<@Nullable LocalReply> decision, InboundExchange inbound) {
        LocalReply denied = decision.join();
        return denied == null ? inbound.refusal() : denied;
    }
}
