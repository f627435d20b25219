package dev.weft.http.call;

/** Who waits for a call. Hears exactly one of both, on any thread (often an event loop), and must not block. */
public interface Caller {

    void answered(Answer answer);

    /** There is no answer: the call was cancelled, or its own request body could not be read. */
    void failed(Throwable cause);
}
