package dev.weft.samples.rollingrestart;

import dev.weft.request.RequestHead;
import dev.weft.telemetry.MeshObserver;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the attempts that were sent beside the first ones. */
final class Retries implements MeshObserver {
    private final AtomicLong count = new AtomicLong();

    long count() {
        return count.get();
    }

    @Override
    public CallObserver call(RequestHead head) {
        return new CallObserver() {
            @Override
            public void finished(CallSummary summary) {
                count.addAndGet(Math.max(0, summary.attempts() - 1));
            }
        };
    }
}
