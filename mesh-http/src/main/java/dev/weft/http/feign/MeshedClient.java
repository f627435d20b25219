package dev.weft.http.feign;

import dev.weft.http.body.Leftover;
import dev.weft.http.call.Answer;
import dev.weft.http.call.BlockingCall;
import dev.weft.http.call.LateOutbound;
import dev.weft.http.call.Outbound;
import dev.weft.request.Hints;
import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A user's client with the mesh before it.
 *
 * @param outside takes every call that is none of the mesh's
 */
record MeshedClient(LateOutbound mesh, Client outside) implements Client {

    @Override
    public Response execute(Request request, Request.Options options) throws IOException {
        Request next = request;
        for (int followed = 0; ; followed++) {
            URI uri = FeignRequests.uri(next);
            Outbound outbound = uri == null ? null : mesh.taking(uri);
            Answer answer = uri == null || outbound == null ? null : answer(outbound, uri, next, options);
            if (outbound == null || answer == null) {
                return outside.execute(next, options);
            }
            Request redirected = FeignRedirects.follow(options, next, answer.head(), followed);
            if (redirected == null) {
                return response(request, answer, outbound, options);
            }
            Leftover.discard(answer.body(), outbound.world().timer());
            next = redirected;
        }
    }

    private static Response response(Request request, Answer answer, Outbound outbound, Request.Options options)
            throws IOException {
        try {
            return FeignResponses.of(request, answer, outbound, options);
        } catch (IOException | RuntimeException e) {
            // What calls itself packed and is not.
            answer.body().close();
            throw e;
        }
    }

    private static @Nullable Answer answer(Outbound outbound, URI uri, Request request, Request.Options options)
            throws IOException {
        try {
            return BlockingCall.begin(
                            outbound,
                            FeignRequests.head(uri, request),
                            FeignRequests.body(request),
                            FeignRequests.terms(request, options, Hints.current()))
                    .await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(e.getMessage());
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
