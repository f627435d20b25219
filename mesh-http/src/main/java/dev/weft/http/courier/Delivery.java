package dev.weft.http.courier;

import dev.weft.authz.external.Courier;
import dev.weft.http.body.WholeBody;
import dev.weft.http.call.Answer;
import dev.weft.http.call.Caller;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Waits for the answer to one parcel. */
final class Delivery implements Caller {
    private static final int MAX_BYTES = 1 << 20;

    private final Courier.Parcel parcel;
    private final Executor executor;
    private final CompletableFuture<Courier.Answer> answer = new CompletableFuture<>();

    /** @param executor completes the answer, because what hangs on it may block */
    Delivery(Courier.Parcel parcel, Executor executor) {
        this.parcel = parcel;
        this.executor = executor;
    }

    CompletionStage<Courier.Answer> answer() {
        return answer;
    }

    @Override
    public void answered(Answer came) {
        LocalReply reply = came.reply();
        if (reply != null) {
            came.body().close();
            failed(new IOException(reply.reason() + (reply.flags().isEmpty() ? "" : " (" + reply.flagText() + ")")));
            return;
        }
        WholeBody.gather(came.body(), executor, MAX_BYTES).whenComplete((bytes, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(
                        new Courier.Answer(came.head(), bytes, came.body().trailers()));
            }
        });
    }

    @Override
    public void failed(Throwable cause) {
        executor.execute(() -> answer.completeExceptionally(cause));
    }

    /** A name that the mesh does not know is not asked who may come in. */
    @Override
    public boolean passesThrough() {
        failed(new IOException(parcel.cluster() + " is not known to the mesh"));
        return true;
    }

    /** What the engine has decided but for the name and path that are to arrive. */
    @Override
    public RequestHead sent(RequestHead chosen) {
        RequestHead wanted = parcel.head();
        return chosen.withAuthority(wanted.authority()).withPath(wanted.path());
    }
}
