package dev.weft.spring.declared.grpc;

import static java.util.Objects.requireNonNull;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replies that are waited for one by one. After the first one a failure is the caller's: he would get two halves. */
final class Replies implements Iterator<@Nullable Object> {
    private final Line line;
    private final Function<Object, Iterator<?>> reader;

    // Used by the caller's thread, as every iterator.
    private Iterator<?> source;
    private boolean begun;

    private Replies(Line line, Iterator<?> source, Function<Object, Iterator<?>> reader) {
        this.line = line;
        this.source = source;
        this.reader = reader;
    }

    /** @param reader of what the fallback gives */
    static Iterator<?> of(Line line, @Nullable Object request, Function<Object, Iterator<?>> reader) {
        Iterator<?> replies =
                ClientCalls.blockingServerStreamingCall(line.channel(), line.method(), line.options(), request);
        return line.instead() == null ? replies : new Replies(line, replies, reader);
    }

    @Override
    public boolean hasNext() {
        if (begun) {
            return source.hasNext();
        }
        try {
            boolean has = source.hasNext();
            begun = true;
            return has;
        } catch (StatusRuntimeException failure) {
            begun = true;
            source = instead(failure);
            return source.hasNext();
        }
    }

    private Iterator<?> instead(StatusRuntimeException failure) {
        try {
            return reader.apply(requireNonNull(line.answerInstead(failure), "fallback"));
        } catch (RuntimeException own) {
            throw own;
        } catch (Exception own) {
            throw new IllegalStateException(own);
        }
    }

    @Override
    public @Nullable Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return source.next();
    }
}
