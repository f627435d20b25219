package dev.weft.http.call;

import dev.weft.request.RequestHead;

/** Who waits for a call. Hears exactly one of the following, on any thread (often an event loop), and must not block. */
public interface Caller {

    void answered(Answer answer);

    /** There is no answer: the call was cancelled, or its own request body could not be read. */
    void failed(Throwable cause);

    /**
     * The host is none of the mesh's, and the policy lets the call pass.
     *
     * @return true: the caller makes the call in its own way and hears nothing more; false: over the mesh's transport, please
     */
    default boolean passesThrough() {
        return false;
    }

    /** An attempt has sent its request whole, and from now on it is the server's turn. More than once where there are several attempts. */
    default void requestComplete() {}

    /**
     * An attempt's head as it is sent. For calls that are led by one name and arrive under another.
     *
     * @param chosen by the engine
     */
    default RequestHead sent(RequestHead chosen) {
        return chosen;
    }
}
