package dev.weft.http.okhttp;

import dev.weft.engine.CallDefaults;
import dev.weft.http.call.Answer;
import dev.weft.http.call.BlockingCall;
import dev.weft.http.call.HeadBuilder;
import dev.weft.http.call.Outbound;
import dev.weft.http.call.Terms;
import dev.weft.request.Hints;
import dev.weft.request.RequestHead;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor.Chain;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Requests of one call over the mesh, one after the other. */
final class Hop {
    private final Outbound outbound;
    private final ClientSettings settings;
    private final Cancellation cancellation;
    private final CallLimit limit;

    // What has come last; of the call's thread.
    private @Nullable Answer last;

    Hop(Outbound outbound, ClientSettings settings, Chain chain) {
        this.outbound = outbound;
        this.settings = settings;
        cancellation = Cancellation.of(chain.call(), outbound.world().timer());
        limit = new CallLimit(
                Duration.ofNanos(chain.call().timeout().timeoutNanos()),
                outbound.world().ticker());
    }

    /**
     * Sends a request as it is and waits for its answer.
     *
     * @throws NotOurs if the host is none of the mesh's
     */
    Response carry(Chain chain, Request request) throws IOException {
        long sentAt = System.currentTimeMillis();
        settings.listener().requestHeadersStart(chain.call());
        BlockingCall call =
                BlockingCall.begin(outbound, head(request), RequestBodies.of(request.body()), terms(chain, request));
        cancellation.carries(call);
        settings.listener().requestHeadersEnd(chain.call(), request);
        Answer answer = await(call);
        if (answer == null) {
            throw new NotOurs(request.url().host());
        }
        last = answer;
        Response response = response(chain, request, answer)
                .sentRequestAtMillis(sentAt)
                .receivedResponseAtMillis(System.currentTimeMillis())
                .build();
        settings.listener().responseHeadersStart(chain.call());
        settings.listener().responseHeadersEnd(chain.call(), response);
        return response;
    }

    /** The call ends in an exception, so that nobody will close what has come last. */
    void abandon() {
        if (last != null) {
            last.body().close();
        }
    }

    private static RequestHead head(Request request) {
        HttpUrl url = request.url();
        String path = url.encodedQuery() == null ? url.encodedPath() : url.encodedPath() + "?" + url.encodedQuery();
        HeadBuilder head = HeadBuilder.of(request.method(), url.scheme(), MeshInterceptor.authority(url), path);
        Headers fields = request.headers();
        for (int i = 0; i < fields.size(); i++) {
            head.field(fields.name(i), fields.value(i));
        }
        return head.build();
    }

    private Terms terms(Chain chain, Request request) {
        CallDefaults declared = request.tag(CallDefaults.class);
        return Terms.of(Hints.orCurrent(request.tag(Hints.class)))
                .defaults(declared == null ? CallDefaults.NONE : declared)
                .expectContinue("100-continue".equalsIgnoreCase(request.header("Expect")))
                .ownLimit(limit.left())
                .silence(Duration.ofMillis(chain.readTimeoutMillis()));
    }

    private @Nullable Answer await(BlockingCall call) throws IOException {
        try {
            return call.await();
        } catch (CancellationException e) {
            throw new IOException("Canceled", e);
        } catch (SocketTimeoutException e) {
            throw limit.isOver() ? CallLimit.timeout(e) : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            cancellation.headCame();
        }
    }

    private Response.Builder response(Chain chain, Request request, Answer answer) {
        Headers.Builder headers = new Headers.Builder();
        answer.head().headers().forEach(headers::addUnsafeNonAscii);
        int status = answer.head().status();
        Response.Builder response = new Response.Builder()
                .request(request)
                .protocol(answer.http2() ? Protocol.HTTP_2 : Protocol.HTTP_1_1)
                .code(status)
                .message(
                        answer.http2() ? "" : HttpResponseStatus.valueOf(status).reasonPhrase())
                .headers(headers.build());
        return response.body(body(chain, request, answer));
    }

    private ResponseBody body(Chain chain, Request request, Answer answer) {
        String type = answer.head().headers().first("content-type");
        long length = hasBody(request.method(), answer.head().status())
                ? number(answer.head().headers().first("content-length"))
                : 0;
        AnswerSource source = new AnswerSource(
                answer.body(),
                outbound.world().timer(),
                Duration.ofMillis(chain.readTimeoutMillis()),
                chain.call(),
                limit);
        return ResponseBody.create(Okio.buffer(source), type == null ? null : MediaType.parse(type), length);
    }

    static boolean promisesBody(Response response) {
        return hasBody(response.request().method(), response.code());
    }

    private static boolean hasBody(String method, int status) {
        return !method.equals("HEAD") && status != 204 && status != 304;
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? -1 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
