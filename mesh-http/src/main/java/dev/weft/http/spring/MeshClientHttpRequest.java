package dev.weft.http.spring;

import dev.weft.engine.CallDefaults;
import dev.weft.http.call.Answer;
import dev.weft.http.call.BlockingCall;
import dev.weft.http.call.HeadBuilder;
import dev.weft.http.call.Outbound;
import dev.weft.http.call.Terms;
import dev.weft.request.Hints;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/** One request to a host of the mesh. Used by one thread. */
final class MeshClientHttpRequest extends AbstractClientHttpRequest implements StreamingHttpOutputMessage {
    private final MeshClientHttpRequestFactory factory;
    private final Outbound outbound;
    private final FactorySettings settings;
    private final URI uri;
    private final HttpMethod method;
    private final int followed;
    private final RequestBody body = new RequestBody();

    /** @param followed how many redirects have led here */
    MeshClientHttpRequest(
            MeshClientHttpRequestFactory factory,
            Outbound outbound,
            FactorySettings settings,
            URI uri,
            HttpMethod method,
            int followed) {
        this.factory = factory;
        this.outbound = outbound;
        this.settings = settings;
        this.uri = uri;
        this.method = method;
        this.followed = followed;
    }

    @Override
    public HttpMethod getMethod() {
        return method;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    protected OutputStream getBodyInternal(HttpHeaders headers) {
        return body.stream();
    }

    @Override
    public void setBody(Body given) {
        assertNotExecuted();
        body.set(given);
    }

    @Override
    public void setBody(byte[] given) {
        assertNotExecuted();
        body.set(given);
    }

    @Override
    protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
        RequestHead head = head(headers);
        BlockingCall call =
                BlockingCall.begin(outbound, head, body.outgoing(headers.getContentLength()), terms(headers));
        Answer answer = await(call);
        if (answer == null) {
            return passThrough(headers);
        }
        MeshClientHttpResponse response =
                new MeshClientHttpResponse(answer, outbound.world().timer(), settings.silence());
        ClientHttpRequest next;
        try {
            if (answer.reply() == null) {
                Cookies.keep(settings.cookies(), uri, response.getHeaders());
            }
            next = next(headers, response);
        } catch (IOException | RuntimeException e) {
            response.close();
            throw e;
        }
        if (next == null) {
            return response;
        }
        response.close();
        return next.execute();
    }

    /** Where the answer points, if the user's client would go there. */
    private @Nullable ClientHttpRequest next(HttpHeaders headers, ClientHttpResponse response) throws IOException {
        Redirects to = followed < Redirects.MOST && settings.follows(method)
                ? Redirects.of(
                        method,
                        uri,
                        response.getStatusCode().value(),
                        response.getHeaders().getFirst(HttpHeaders.LOCATION))
                : null;
        if (to == null || (to.keepsBody() && !body.repeatable())) {
            return null;
        }
        ClientHttpRequest next = factory.createRequest(to.uri(), to.method(), followed + 1);
        to.copy(headers, next.getHeaders());
        next.getAttributes().putAll(getAttributes());
        if (to.keepsBody()) {
            body.copyTo(next);
        }
        return next;
    }

    private static @Nullable Answer await(BlockingCall call) throws IOException {
        try {
            return call.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(e.getMessage());
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private RequestHead head(HttpHeaders headers) throws IOException {
        HeadBuilder head = HeadBuilder.of(method.name(), uri);
        headers.forEach((name, values) -> values.forEach(value -> head.field(name, value == null ? "" : value)));
        Cookies.send(settings.cookies(), uri, headers, head);
        return head.build();
    }

    private Terms terms(HttpHeaders headers) {
        Terms terms = Terms.of(Hints.orCurrent(getAttributes().get(Hints.KEY)))
                .expectContinue("100-continue".equalsIgnoreCase(headers.getFirst(HttpHeaders.EXPECT)))
                .ownLimit(settings.limit())
                .silence(settings.silence());
        return getAttributes().get(CallDefaults.KEY) instanceof CallDefaults declared
                ? terms.defaults(declared)
                : terms;
    }

    /** There was no configuration when the request was made, and the one that came does not know its host. */
    private ClientHttpResponse passThrough(HttpHeaders headers) throws IOException {
        ClientHttpRequest plain = factory.outside().createRequest(uri, method);
        headers.forEach((name, values) -> plain.getHeaders().addAll(name, values));
        plain.getAttributes().putAll(getAttributes());
        body.copyTo(plain);
        return plain.execute();
    }
}
