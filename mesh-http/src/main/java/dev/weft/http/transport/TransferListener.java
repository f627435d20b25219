package dev.weft.http.transport;

import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Headers;
import dev.weft.request.ResponseHead;
import io.netty.buffer.ByteBuf;

/**
 * Hears what becomes of a transfer: one event at a time, on an event loop, except for a refusal within {@link
 * HttpTransport#send} itself. Ends with exactly one of {@link #end}, {@link #failed}, {@link #bodyFailed}; after {@link Transfer#cancel} what
 * still comes is to be ignored, buffers released.
 */
public interface TransferListener {

    /**
     * A connection is there and the request begins to be written.
     *
     * @param reused it has carried requests before
     * @param http2 it speaks HTTP/2, else HTTP/1.1
     */
    void connected(boolean reused, boolean http2);

    /** The request head has been given to the operating system. */
    void requestSent();

    /** The whole request body has been written. */
    void requestComplete();

    /** The final response head; interim ones are not shown. */
    void head(ResponseHead head, boolean endOfStream);

    /**
     * A part of the response body, which now belongs to the listener.
     *
     * @return false: stop reading until {@link Transfer#resume}
     */
    boolean data(ByteBuf data);

    /** The response is whole. */
    void end(Headers trailers);

    /** The response will not come, or not whole. {@code failure} counts only before {@link #head}. */
    void failed(Failure failure, Throwable cause);

    /** The request body could not be read to its end; the fault is the caller's and not the server's. */
    void bodyFailed(Throwable cause);
}
