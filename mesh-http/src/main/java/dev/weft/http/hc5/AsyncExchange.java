package dev.weft.http.hc5;

import dev.weft.http.body.Leftover;
import dev.weft.http.body.OutgoingBody;
import dev.weft.http.call.Answer;
import dev.weft.http.call.Caller;
import dev.weft.http.call.OutboundCall;
import dev.weft.request.Inbound;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.jspecify.annotations.Nullable;

/**
 * Leads a handler of the library through one call of the mesh, as a connection would. What the handler hears it hears in turn, on a
 * thread that may be blocked.
 */
final class AsyncExchange implements Caller, Cancellable {
    private final AsyncRuntime runtime;
    private final AsyncClientExchangeHandler handler;
    private final HttpClientContext context;
    private final InTurn turn;
    private final Silence silence;

    // Written by begin(), read by those whom it makes read.
    private @Nullable HttpRequest request;
    private @Nullable Upload upload;

    // Written once by begin(), read by whoever cancels.
    private volatile @Nullable OutboundCall call;
    private volatile boolean cancelled;

    // Written in turn.
    private volatile boolean headCame;

    // In turn.
    private @Nullable Download download;
    private boolean over;

    AsyncExchange(AsyncRuntime runtime, AsyncClientExchangeHandler handler, HttpClientContext context) {
        this.runtime = runtime;
        this.handler = handler;
        this.context = context;
        turn = new InTurn(runtime.outbound().transport().blocking());
        silence = new Silence(
                runtime.outbound().world(), context.getRequestConfigOrDefault().getResponseTimeout(), this::cancelCall);
    }

    void begin() {
        try {
            handler.produceRequest((produced, details, unused) -> asked(produced, details), context);
            HttpRequest mine = request;
            if (mine == null) {
                throw new IOException("the handler has sent no request");
            }
            // Not before the handler has done with the request: its answer may come at once.
            OutgoingBody body = upload == null ? OutgoingBody.NONE : upload.gathered();
            Origin origin = Origin.of(context, mine);
            try (Inbound.Scope scope = origin.inbound().open()) {
                call = runtime.outbound()
                        .begin(
                                Heads.request(mine, runtime.given().route.getTargetHost()),
                                body,
                                origin.terms(context, mine),
                                this);
            }
            if (cancelled) {
                cancelCall();
            }
        } catch (HttpException | IOException | RuntimeException e) {
            turn.execute(() -> fail(e));
        }
    }

    private void asked(HttpRequest produced, @Nullable EntityDetails details) {
        request = produced;
        upload = details == null ? null : new Upload(handler, details, turn);
    }

    @Override
    public void answered(Answer answer) {
        turn.execute(() -> take(answer));
    }

    @Override
    public void failed(Throwable cause) {
        turn.execute(() -> fail(cause instanceof Exception e ? e : new IOException(cause.toString(), cause)));
    }

    /** It is the server's turn; each attempt has the client's whole patience. */
    @Override
    public void requestComplete() {
        if (!headCame) {
            silence.begin();
        }
    }

    @Override
    public boolean passesThrough() {
        turn.execute(() -> {
            if (!over) {
                over = true;
                silence.end();
                runtime.proceedOutside();
            }
        });
        return true;
    }

    private void take(Answer answer) {
        HttpRequest mine = request;
        if (over || mine == null) {
            answer.body().close();
            return;
        }
        headCame = true;
        silence.rest();
        int status = answer.head().status();
        // The library's list of reasons ends at 599.
        BasicHttpResponse response =
                new BasicHttpResponse(status, status < 600 ? EnglishReasonPhraseCatalog.INSTANCE : null, null);
        Heads.fill(response, answer);
        Details details = Heads.bodiless(mine.getMethod(), status)
                ? null
                : Details.of(answer.head().headers());
        try {
            handler.consumeResponse(response, details, context);
        } catch (HttpException | IOException | RuntimeException e) {
            answer.body().close();
            fail(e);
            return;
        }
        if (upload != null) {
            upload.answered(status);
        }
        if (details == null) {
            Leftover.discard(answer.body(), runtime.outbound().world().timer());
            end();
        } else {
            download = new Download(this, answer.body(), handler, turn, silence);
            download.start();
        }
    }

    /** In turn: the response is whole. */
    void end() {
        over = true;
        silence.end();
        handler.releaseResources();
    }

    /** In turn: there is no response, or no more of it. */
    void fail(Exception cause) {
        if (over) {
            return;
        }
        stop();
        Exception seen = cause;
        if (silence.tooLong()) {
            seen = new SocketTimeoutException("no response within the response timeout");
            seen.initCause(cause);
        }
        handler.failed(seen);
        handler.releaseResources();
    }

    /** Nothing but the user's wish: the library also cancels when its future is done before it knows of this exchange. */
    @Override
    public boolean cancel() {
        if (!runtime.given().cancellableDependency.isCancelled()) {
            return false;
        }
        cancelled = true;
        cancelCall();
        turn.execute(() -> {
            if (!over) {
                stop();
                handler.cancel();
                handler.releaseResources();
            }
        });
        return true;
    }

    private void stop() {
        over = true;
        silence.end();
        if (upload != null) {
            upload.stop();
        }
        if (download != null) {
            download.stop();
        }
    }

    private void cancelCall() {
        OutboundCall begun = call;
        if (begun != null) {
            begun.cancel();
        }
    }
}
