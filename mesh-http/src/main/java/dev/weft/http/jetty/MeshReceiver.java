package dev.weft.http.jetty;

import dev.weft.http.body.IncomingBody;
import dev.weft.http.call.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpReceiver;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** Shows the answer of a call to Jetty, on the client's executor. */
final class MeshReceiver extends HttpReceiver implements dev.weft.http.call.Caller {

    // Written once by the task that brings the answer; read by whoever reads its body.
    private volatile @Nullable IncomingBody body;
    private volatile boolean closed;

    // Jetty wants to hear when there is more.
    private final AtomicBoolean interested = new AtomicBoolean();

    MeshReceiver(MeshChannel channel) {
        super(channel);
    }

    @Override
    public void answered(Answer answer) {
        body = answer.body();
        if (closed) {
            answer.body().close();
            return;
        }
        run(() -> show(answer));
    }

    private void run(Runnable task) {
        try {
            getHttpDestination().getHttpClient().getExecutor().execute(task);
        } catch (RejectedExecutionException e) {
            // The client has been stopped, and has ended its exchanges.
            close();
        }
    }

    private void show(Answer answer) {
        HttpExchange exchange = getHttpExchange();
        if (exchange == null) {
            answer.body().close();
            return;
        }
        int status = answer.head().status();
        exchange.getResponse()
                .version(answer.http2() ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                .status(status)
                .reason(HttpStatus.getMessage(status));
        responseBegin(exchange);
        answer.head().headers().forEach((name, value) -> responseHeader(exchange, new HttpField(name, value)));
        responseHeaders(exchange);
        answer.body().onReadable(this::readable);
    }

    private void readable() {
        if (interested.compareAndSet(true, false)) {
            run(() -> {
                HttpExchange exchange = getHttpExchange();
                if (exchange != null && hasContent()) {
                    responseContentAvailable(exchange);
                }
            });
        }
    }

    @Override
    public Content.@Nullable Chunk read(boolean interestIfNone) {
        IncomingBody from = body;
        if (from == null) {
            return null;
        }
        try {
            Content.Chunk chunk = next(from);
            if (chunk == null && interestIfNone) {
                interested.set(true);
                // What has come since nobody was told of.
                chunk = next(from);
                if (chunk != null) {
                    interested.set(false);
                }
            }
            return chunk;
        } catch (IOException e) {
            failAndClose(e);
            return Content.Chunk.from(e, true);
        }
    }

    private Content.@Nullable Chunk next(IncomingBody from) throws IOException {
        ByteBuffer next = from.poll();
        if (next != null) {
            return Content.Chunk.from(next, false);
        }
        if (!from.over()) {
            return null;
        }
        HttpExchange exchange = getHttpExchange();
        if (exchange != null) {
            responseSuccess(null);
        }
        return Content.Chunk.EOF;
    }

    @Override
    public void failed(Throwable cause) {
        if (!(cause instanceof CancellationException && closed)) {
            run(() -> failAndClose(cause));
        }
    }

    @Override
    protected void failAndClose(Throwable failure) {
        HttpExchange exchange = getHttpExchange();
        if (exchange != null) {
            exchange.getRequest().abort(failure);
        }
    }

    /** Interim answers are not shown. */
    @Override
    protected void onInterim() {}

    /** The rest is not wanted. */
    void close() {
        closed = true;
        IncomingBody rest = body;
        if (rest != null) {
            rest.close();
        }
    }
}
