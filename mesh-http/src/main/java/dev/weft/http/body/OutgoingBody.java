package dev.weft.http.body;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of a request. Safe for use from any thread. */
public interface OutgoingBody {
    /** No body. */
    OutgoingBody NONE = new InMemoryBody(new byte[0]);

    /** Bytes, 0 for none, -1 when nobody knows before the end. */
    long length();

    /** Whether {@link #open} may be called again and gives the same bytes. */
    boolean replayable();

    /** The whole body where it lies in memory already, else null. */
    @Nullable
    ByteBuffer whole();

    /**
     * The body as a stream, from its beginning. Its subscription is cancelled when the rest is not wanted.
     *
     * @param blocking where work that blocks may run
     */
    Flow.Publisher<ByteBuffer> open(Executor blocking);

    /** It will not be opened (again): closes what is still held. Harmless more than once. */
    default void discard(Executor blocking) {}

    /** These bytes, which must not change any more. */
    static OutgoingBody of(byte[] bytes) {
        return bytes.length == 0 ? NONE : new InMemoryBody(bytes);
    }

    /**
     * A file, read anew for each attempt.
     *
     * @throws FileNotFoundException if there is no readable regular file
     */
    static OutgoingBody of(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new FileNotFoundException(file + ": a readable file was expected as request body");
        }
        return new StreamedBody(() -> Files.newInputStream(file), Files.size(file), true);
    }

    /**
     * A stream that is opened anew, and closed, for each attempt.
     *
     * @param source gives a fresh stream with the same bytes each time
     * @param length bytes, or -1
     */
    static OutgoingBody of(Callable<? extends InputStream> source, long length) {
        return new StreamedBody(source, length, true);
    }

    /** Code that writes a body. */
    interface Writer {
        /**
         * Writes the body and returns at its end. Writing waits while the connection takes no more, and fails when the body is not
         * wanted any more.
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * What a writer writes, on a thread that may block.
     *
     * @param length bytes, or -1
     * @param replayable the writer writes the same bytes each time it is asked; else the call has one attempt and no mirrors
     */
    static OutgoingBody written(Writer writer, long length, boolean replayable) {
        return new WrittenBody(writer, length, replayable);
    }

    /**
     * A stream that exists once: the call has one attempt and no mirrors.
     *
     * @param length bytes, or -1
     */
    static OutgoingBody once(InputStream stream, long length) {
        return new StreamedBody(new Once(stream), length, false);
    }
}
