package dev.weft.grpc.call;

import dev.weft.engine.Attempt;
import dev.weft.request.Headers;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has come of an attempt's answer: held back until the engine delivers it, then passed on. All methods but {@link #begins} and {@link
 * #hasBegun} are for tasks of the downstream.
 */
final class Answer<R> {
    private static final Metadata NOTHING = new Metadata();

    private final Attempt attempt;
    private final MeshCall<?, R> owner;

    // Written by the attempt's executor before the engine is told; read by tasks, which come after that.
    private @Nullable Metadata head;
    private @Nullable Headers told;

    // Used by tasks only.
    private boolean delivered;
    private List<R> early = List.of();
    private @Nullable Status status;
    private Metadata trailers = NOTHING;

    Answer(Attempt attempt, MeshCall<?, R> owner) {
        this.attempt = attempt;
        this.owner = owner;
    }

    /**
     * The engine is about to be told.
     *
     * @param arrived null: there is an end and nothing else
     * @param fields what it is told
     */
    void begins(@Nullable Metadata arrived, Headers fields) {
        head = arrived;
        told = fields;
    }

    boolean hasBegun() {
        return head != null;
    }

    /** It is the caller's from now on. */
    void handOver() {
        delivered = true;
        if (head != null) {
            owner.downstream.headers(changed(head));
        }
        pass();
    }

    void message(R message) {
        if (early.isEmpty() && delivered && owner.demand.isThere()) {
            owner.downstream.message(message);
        } else {
            if (early.isEmpty()) {
                early = new ArrayList<>(1);
            }
            early.add(message);
        }
    }

    void end(Status ended, Metadata last) {
        status = ended;
        trailers = last;
        pass();
    }

    /** Passes on what was held back, as far as it may go. */
    void pass() {
        if (!delivered) {
            return;
        }
        if (!early.isEmpty() && !owner.demand.isThere()) {
            if (status != null) {
                owner.demand.endsAt(owner.time(), owner.mesh.world);
            }
            return;
        }
        early.forEach(owner.downstream::message);
        early = List.of();
        if (status != null) {
            owner.downstream.close(status, head == null ? changed(trailers) : trailers);
        }
    }

    /** What the route has made of the head. */
    private Metadata changed(Metadata arrived) {
        Headers now = attempt.responseHead().headers();
        return told == null || now.equals(told) ? arrived : Fields.from(now, arrived);
    }
}
