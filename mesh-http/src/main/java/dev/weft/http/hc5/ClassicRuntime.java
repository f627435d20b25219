package dev.weft.http.hc5;

import dev.weft.http.body.AnswerStream;
import dev.weft.http.body.Leftover;
import dev.weft.http.body.OutgoingBody;
import dev.weft.http.call.Answer;
import dev.weft.http.call.BlockingCall;
import dev.weft.http.call.Outbound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.StreamClosedException;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Stands where the client's connection stands in its chain, and calls over the mesh. Always acquired and connected, so that nobody leases
 * one. Used by the executing thread and whoever reads the response; {@link #cancel} may come from any.
 */
final class ClassicRuntime implements ExecRuntime, Cancellable {
    // What is gathered at once, on the caller's thread, so that no other one is needed.
    private static final int SMALL = 64 * 1024;

    private final Outbound outbound;
    private final ExecChain.Scope given;
    private final ExecChain.Scope scope;

    // Written by the executing thread; set to null when the response has been read, after which nothing ends it any
    // more.
    private volatile @Nullable BlockingCall call;

    // Written by cancel() on any thread.
    private volatile boolean aborted;

    // Executing thread only.
    private boolean carried;

    /** @param given the scope of the client's own runtime */
    ClassicRuntime(Outbound outbound, ExecChain.Scope given) {
        this.outbound = outbound;
        this.given = given;
        // Without the client's proxy: nothing in the chain is to speak to it.
        HttpHost target = given.route.getTargetHost();
        HttpRoute direct = new HttpRoute(target, null, "https".equalsIgnoreCase(target.getSchemeName()));
        scope = new ExecChain.Scope(given.exchangeId, direct, given.originalRequest, this, given.clientContext);
    }

    boolean isOf(Outbound other) {
        return outbound.transport() == other.transport();
    }

    ExecChain.Scope given() {
        return given;
    }

    ExecChain.Scope scope() {
        return scope;
    }

    /** Whether the mesh has made a call, be it that it failed. */
    boolean carried() {
        return carried;
    }

    @Override
    public ClassicHttpResponse execute(String id, ClassicHttpRequest request, HttpClientContext context)
            throws IOException, HttpException {
        Origin origin = Origin.of(context, request);
        if (origin.abortable() != null) {
            origin.abortable().setDependency(this);
        }
        refuseIfAborted();
        Timeout limit = context.getRequestConfigOrDefault().getResponseTimeout();
        Duration silence = limit == null || !Timeout.isPositive(limit) ? null : limit.toDuration();
        BlockingCall begun = BlockingCall.begin(
                outbound,
                Heads.request(request, given.route.getTargetHost()),
                body(request),
                origin.terms(context, request).silence(silence));
        carried = true;
        call = begun;
        if (isExecutionAborted()) {
            begun.cancel();
        }
        Answer answer = await(begun);
        if (answer == null) {
            carried = false;
            call = null;
            throw new Outside();
        }
        return response(request, answer, silence);
    }

    private static @Nullable Answer await(BlockingCall begun) throws IOException {
        try {
            return begun.await();
        } catch (CancellationException e) {
            throw new RequestFailedException("Request aborted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestFailedException("Request aborted", e);
        }
    }

    private ClassicHttpResponse response(ClassicHttpRequest request, Answer answer, @Nullable Duration silence) {
        int status = answer.head().status();
        // The library's list of reasons ends at 599.
        BasicClassicHttpResponse response =
                new BasicClassicHttpResponse(status, status < 600 ? EnglishReasonPhraseCatalog.INSTANCE : null, null);
        Heads.fill(response, answer);
        if (Heads.bodiless(request.getMethod(), status)) {
            Leftover.discard(answer.body(), outbound.world().timer());
        } else {
            response.setEntity(new AnswerEntity(
                    Details.of(answer.head().headers()),
                    new AnswerStream(answer.body(), outbound.world().timer(), silence, StreamClosedException::new)));
        }
        return response;
    }

    /** It is asked to write itself, as on the client's own connections: not every entity can be read. */
    private OutgoingBody body(ClassicHttpRequest request) throws IOException {
        HttpEntity entity = request.getEntity();
        if (entity == null) {
            return OutgoingBody.NONE;
        }
        long length = entity.getContentLength();
        if (onlyOnce(request) || entity.isStreaming() || length < 0 || length > SMALL) {
            return OutgoingBody.written(entity::writeTo, Math.max(-1, length), !onlyOnce(request));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) length);
        entity.writeTo(bytes);
        return OutgoingBody.of(bytes.toByteArray());
    }

    /** The chain wraps a body that exists once in one that says it is repeatable until it has been written; the original does not. */
    private boolean onlyOnce(ClassicHttpRequest request) {
        HttpEntity now = request.getEntity();
        HttpEntity original = given.originalRequest.getEntity();
        return now != null && !now.isRepeatable() || original != null && !original.isRepeatable();
    }

    private void refuseIfAborted() throws RequestFailedException {
        if (isExecutionAborted()) {
            throw new RequestFailedException("Request aborted");
        }
    }

    @Override
    public boolean cancel() {
        aborted = true;
        boolean running = call != null;
        discardEndpoint();
        return running;
    }

    @Override
    public boolean isExecutionAborted() {
        return aborted || given.execRuntime.isExecutionAborted();
    }

    @Override
    public void releaseEndpoint() {
        call = null;
    }

    @Override
    public void discardEndpoint() {
        BlockingCall running = call;
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void disconnectEndpoint() {
        discardEndpoint();
    }

    @Override
    public boolean isEndpointAcquired() {
        return true;
    }

    @Override
    public boolean isEndpointConnected() {
        return true;
    }

    @Override
    public boolean isConnectionReusable() {
        return true;
    }

    @Override
    public void acquireEndpoint(String id, HttpRoute route, @Nullable Object state, HttpClientContext context) {}

    @Override
    public void connectEndpoint(HttpClientContext context) {}

    @Override
    public void upgradeTls(HttpClientContext context) {}

    @Override
    public void markConnectionReusable(@Nullable Object state, TimeValue validity) {}

    @Override
    public void markConnectionNonReusable() {}

    @Override
    public ExecRuntime fork(@Nullable CancellableDependency cancellable) {
        return new ClassicRuntime(
                outbound,
                new ExecChain.Scope(
                        given.exchangeId,
                        given.route,
                        given.originalRequest,
                        given.execRuntime.fork(cancellable),
                        given.clientContext));
    }
}
