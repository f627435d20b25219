package dev.weft.http.kit;

import java.util.concurrent.CompletableFuture;

/** The client under test. */
public interface Subject {

    /** Sends, waits, and gives the response with its body still streaming where the client can. */
    Got send(Ask ask) throws Exception;

    /** Sends in the background; cancelling the future is what a user of this client would do to give a call up. */
    CompletableFuture<Got> begin(Ask ask);
}
