package dev.weft.http;

import dev.weft.MeshException;
import dev.weft.engine.Explanation;
import dev.weft.http.body.BodyStream;
import dev.weft.http.body.WholeBody;
import dev.weft.http.call.Answer;
import dev.weft.http.call.OutboundCall;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A server's answer, or the mesh's own. Its body is read once, by one of {@link #text}, {@link #bytes}, {@link #bytesAsync}
 * and {@link #stream}; a response that is not read must be closed, or its connection stays taken.
 */
public final class MeshResponse implements AutoCloseable {
    private final Answer answer;
    private final OutboundCall call;
    private final Executor executor;

    MeshResponse(Answer answer, OutboundCall call, Executor executor) {
        this.answer = answer;
        this.call = call;
        this.executor = executor;
    }

    public int status() {
        return answer.head().status();
    }

    /** Whether it came over HTTP/2, else HTTP/1.1. */
    public boolean overHttp2() {
        return answer.http2();
    }

    /** All fields. */
    public Headers headers() {
        return answer.head().headers();
    }

    /** The first value of a field, or null. */
    public @Nullable String header(String name) {
        return headers().first(name);
    }

    /** Fields that came after the body; complete when the body has been read to its end. */
    public Headers trailers() {
        return answer.body().trailers();
    }

    /**
     * Reads the body as text, in the charset of {@code content-type}, else UTF-8, and closes.
     *
     * @throws UncheckedIOException if the connection is lost before its end, or the thread is interrupted
     */
    public String text() {
        return new String(bytes(), charset());
    }

    /**
     * Reads the body and closes.
     *
     * @throws UncheckedIOException if the connection is lost before its end, or the thread is interrupted
     */
    public byte[] bytes() {
        try {
            return WholeBody.take(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while waiting for the response"));
        } finally {
            close();
        }
    }

    /** The body when it has come; fails with an {@link IOException} if the connection is lost before its end. */
    public CompletableFuture<byte[]> bytesAsync() {
        return WholeBody.gather(answer.body(), executor);
    }

    /** The body as it comes, unbuffered: what is not read holds the sender up. Closing it closes the response. */
    public InputStream stream() {
        return new BodyStream(answer.body());
    }

    /** The mesh's own answer (refusal, fault, redirect, direct response), or empty: a server answered. */
    public Optional<LocalReply> localReply() {
        return Optional.ofNullable(answer.reply());
    }

    /**
     * This response, unless the mesh refused or failed the call (a local reply with flags); then it is closed.
     *
     * @throws MeshException.Reply with the reply and its reason
     */
    public MeshResponse orThrow() {
        LocalReply reply = answer.reply();
        if (reply != null && !reply.flags().isEmpty()) {
            close();
            throw new MeshException.Reply(reply);
        }
        return this;
    }

    /** What the mesh decided and why; complete once the body has been read. */
    public Explanation explain() {
        return call.exchange().explain();
    }

    private Charset charset() {
        String type = header("content-type");
        int at = type == null ? -1 : type.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (type == null || at < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = type.substring(at + "charset=".length());
        int end = name.indexOf(';');
        name = (end < 0 ? name : name.substring(0, end)).trim().replace("\"", "");
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** The rest of the body is not wanted: if it has not arrived, its connection is closed. Harmless more than once. */
    @Override
    public void close() {
        answer.body().close();
    }

    @Override
    public String toString() {
        return String.valueOf(status());
    }
}
