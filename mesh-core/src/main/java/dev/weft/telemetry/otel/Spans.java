package dev.weft.telemetry.otel;

import dev.weft.request.GrpcContent;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.runtime.Ticker;
import dev.weft.telemetry.MeshObserver;
import dev.weft.upstream.Host;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reports calls as spans. Each attempt is a CLIENT span, child of what is current on the caller's thread, or else of the trace
 * headers that the caller passed on by hand; a call that was answered without an attempt is one CLIENT span. Each inbound
 * request is a SERVER span, current while its handler runs; where a framework makes spans of what its handlers see, only the requests
 * that were answered before them are. Thread-safe.
 */
public final class Spans implements MeshObserver {
    /** By OpenTelemetry's conventions the server's fault: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS. */
    private static final Set<Integer> SERVER_ERRORS = Set.of(2, 4, 12, 13, 14, 15);

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final Predicate<RequestHead> handlersTraced;
    private final Ticker ticker;

    /**
     * @param handlersTraced requests whose handlers a framework traces
     * @param ticker tells the time of spans that are made when such a request is over
     */
    public Spans(OpenTelemetry openTelemetry, Predicate<RequestHead> handlersTraced, Ticker ticker) {
        this.handlersTraced = handlersTraced;
        this.ticker = ticker;
        this.tracer = openTelemetry.getTracer("dev.weft");
        TextMapPropagator configured = openTelemetry.getPropagators().getTextMapPropagator();
        // Without a configured propagator the trace would end at the first hop; W3C is what everybody reads.
        this.propagator = configured.fields().isEmpty() ? W3CTraceContextPropagator.getInstance() : configured;
    }

    @Override
    public CallObserver call(RequestHead head) {
        Context current = Context.current();
        Context parent = Span.fromContext(current).getSpanContext().isValid()
                ? current
                : propagator.extract(current, head.headers(), HeadersGetter.INSTANCE);
        return new Call(head, parent);
    }

    @Override
    public InboundObserver inbound(RequestHead head) {
        Context parent = propagator.extract(Context.current(), head.headers(), HeadersGetter.INSTANCE);
        SpanBuilder builder = describe(tracer.spanBuilder(name(head)), head)
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent);
        if (handlersTraced.test(head)) {
            return new Unhandled(builder, ticker);
        }
        Span span = builder.startSpan();
        return new Inbound(span, parent.with(span));
    }

    /** A method of gRPC by its name, a request of HTTP by its method alone: paths are without number. */
    private static String name(RequestHead head) {
        return GrpcContent.in(head.headers()) && head.path().startsWith("/")
                ? head.path().substring(1)
                : head.method();
    }

    private static SpanBuilder describe(SpanBuilder span, RequestHead head) {
        String path = head.path();
        int query = path.indexOf('?');
        span.setAttribute("http.request.method", head.method())
                .setAttribute("url.scheme", head.scheme())
                .setAttribute("url.path", query < 0 ? path : path.substring(0, query))
                .setAttribute("server.address", head.host())
                .setAttribute("server.port", head.port());
        return span;
    }

    private static void end(Span span, int status, @Nullable String error) {
        if (status > 0) {
            span.setAttribute("http.response.status_code", status);
        }
        String type = error != null ? error : status >= 500 ? String.valueOf(status) : null;
        if (type != null) {
            span.setAttribute("error.type", type);
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private final class Call implements CallObserver {
        private final RequestHead head;
        private final Context parent;

        // Written by attempt() and read by finished(): the engine calls one after the other for one exchange.
        private boolean attempted;

        Call(RequestHead head, Context parent) {
            this.head = head;
            this.parent = parent;
        }

        @Override
        public AttemptObserver attempt(String kind, int number, Host host, Headers.Builder headers) {
            attempted = true;
            Span span = describe(tracer.spanBuilder(name(head)), head)
                    .setSpanKind(SpanKind.CLIENT)
                    .setParent(parent)
                    .setAttribute("network.peer.address", host.endpoint().address())
                    .setAttribute("network.peer.port", host.endpoint().port())
                    .setAttribute("mesh.cluster", host.cluster())
                    .setAttribute("mesh.attempt", kind)
                    .startSpan();
            if (number > 1) {
                span.setAttribute("http.request.resend_count", number - 1);
            }
            propagator.inject(parent.with(span), headers, Headers.Builder::set);
            return new AttemptObserver() {
                @Override
                public void finished(int status, @Nullable String failure) {
                    end(span, status, failure);
                }
            };
        }

        @Override
        public void finished(CallSummary summary) {
            if (attempted) {
                return;
            }
            Span span = describe(tracer.spanBuilder(name(head)), head)
                    .setSpanKind(SpanKind.CLIENT)
                    .setParent(parent)
                    .startSpan();
            if (summary.cluster() != null) {
                span.setAttribute("mesh.cluster", summary.cluster().name());
            }
            summary.flags().stream()
                    .sorted()
                    .map(Enum::name)
                    .reduce((a, b) -> a + "," + b)
                    .ifPresent(flags -> span.setAttribute("mesh.response_flags", flags));
            end(span, summary.status(), null);
        }
    }

    private record Inbound(Span span, Context context) implements InboundObserver {
        @Override
        @SuppressWarnings("MustBeClosedChecker") // closed by whoever entered
        public Scope enter() {
            io.opentelemetry.context.Scope scope = context.makeCurrent();
            return scope::close;
        }

        @Override
        public void finished(InboundSummary summary) {
            end(span, summary);
        }
    }

    private static void end(Span span, InboundSummary summary) {
        Integer grpc = summary.grpcStatus();
        if (grpc != null) {
            span.setAttribute("rpc.grpc.status_code", grpc);
        }
        String error = summary.status() == 0
                ? "disconnected"
                : grpc != null && SERVER_ERRORS.contains(grpc) ? String.valueOf(grpc) : null;
        end(span, summary.status(), error);
    }

    /** Of a request that no handler sees; of the others somebody else speaks. */
    private record Unhandled(SpanBuilder builder, Ticker ticker) implements InboundObserver {
        @Override
        public void finished(InboundSummary summary) {
            if (summary.reason() == null && summary.flags().isEmpty()) {
                return;
            }
            long begin = ticker.epochMillis() - summary.durationNanos() / 1_000_000;
            end(builder.setStartTimestamp(begin, TimeUnit.MILLISECONDS).startSpan(), summary);
        }
    }
}
