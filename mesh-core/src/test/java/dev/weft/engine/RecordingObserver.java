package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.telemetry.MeshObserver;
import dev.weft.upstream.Host;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Remembers every report. */
final class RecordingObserver implements MeshObserver {
    final List<CallSummary> calls = new CopyOnWriteArrayList<>();
    final List<CallSummary> destinations = new CopyOnWriteArrayList<>();
    final List<String> attempts = new CopyOnWriteArrayList<>();

    @Override
    public DestinationObserver destination(Cluster cluster) {
        return new DestinationObserver() {
            @Override
            public void finished(CallSummary summary) {
                destinations.add(summary);
            }
        };
    }

    @Override
    public CallObserver call(RequestHead head) {
        return new CallObserver() {
            @Override
            public AttemptObserver attempt(String kind, int number, Host host, Headers.Builder headers) {
                headers.set("traceparent", "span-" + number);
                return new AttemptObserver() {
                    @Override
                    public void finished(int status, @Nullable String failure) {
                        attempts.add(kind + " " + number + " " + status + (failure == null ? "" : " " + failure));
                    }
                };
            }

            @Override
            public void finished(CallSummary summary) {
                calls.add(summary);
            }
        };
    }
}
