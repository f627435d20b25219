package dev.weft.telemetry.otel;

import dev.weft.request.RequestHead;
import dev.weft.runtime.Ticker;
import dev.weft.telemetry.MeshObserver;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reports to OpenTelemetry's global instance from the moment the application sets it. Asking for the global instance would
 * make one, and the application's later attempt to set its own would fail: so this only looks whether there is one.
 */
public final class GlobalSpans implements MeshObserver {
    // Written by whoever first sees the global instance; two may both make one, which is harmless.
    private volatile @Nullable Spans spans;

    private final Predicate<RequestHead> handlersTraced;
    private final Ticker ticker;

    /** With the arguments of {@link Spans}. */
    public GlobalSpans(Predicate<RequestHead> handlersTraced, Ticker ticker) {
        this.handlersTraced = handlersTraced;
        this.ticker = ticker;
    }

    @Override
    public CallObserver call(RequestHead head) {
        Spans known = spans();
        return known == null ? CallObserver.NONE : known.call(head);
    }

    @Override
    public InboundObserver inbound(RequestHead head) {
        Spans known = spans();
        return known == null ? InboundObserver.NONE : known.inbound(head);
    }

    private @Nullable Spans spans() {
        Spans known = spans;
        if (known == null && GlobalOpenTelemetry.isSet()) {
            known = new Spans(GlobalOpenTelemetry.get(), handlersTraced, ticker);
            spans = known;
        }
        return known;
    }
}
