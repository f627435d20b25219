package dev.weft.http.kit;

import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.telemetry.MeshObserver;
import dev.weft.upstream.Host;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Remembers the reports of calls and attempts, and marks each attempt with a trace header. */
public final class RecordingObserver implements MeshObserver {
    /** Calls that have begun. */
    public final AtomicInteger begun = new AtomicInteger();

    /** Calls that are over. */
    public final List<CallSummary> calls = new CopyOnWriteArrayList<>();

    public final List<String> attempts = new CopyOnWriteArrayList<>();
    public final List<InboundSummary> inbound = new CopyOnWriteArrayList<>();

    /** Waits until so many calls are over: a caller may have its answer before. */
    public void awaitCalls(int count) {
        Eventually.is(count + " calls are over", () -> calls.size() == count);
    }

    /** Waits until the attempts that are over are exactly these, in this order: a caller may have his answer before. */
    public void awaitAttempts(String... expected) {
        Eventually.is(
                "attempts " + List.of(expected),
                () -> attempts.equals(List.of(expected)),
                () -> " and not " + attempts);
    }

    /** Waits until these attempts, and maybe others, are over. */
    public void awaitAttemptsWith(String... expected) {
        Eventually.is(
                "attempts include " + List.of(expected),
                () -> attempts.containsAll(List.of(expected)),
                () -> " of " + attempts);
    }

    @Override
    public CallObserver call(RequestHead head) {
        begun.incrementAndGet();
        return new CallObserver() {
            @Override
            public AttemptObserver attempt(String kind, int number, Host host, Headers.Builder headers) {
                headers.set("traceparent", "attempt-" + number);
                return new AttemptObserver() {
                    @Override
                    public void finished(int status, @Nullable String failure) {
                        attempts.add(kind + " " + (failure == null ? status : failure));
                    }
                };
            }

            @Override
            public void finished(CallSummary summary) {
                calls.add(summary);
            }
        };
    }

    @Override
    public InboundObserver inbound(RequestHead head) {
        return new InboundObserver() {
            @Override
            public void finished(InboundSummary summary) {
                inbound.add(summary);
            }
        };
    }
}
