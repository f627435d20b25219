package dev.weft.http.jdk;

import dev.weft.http.call.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A response that came over the mesh. Its TLS session, if there was one, is the mesh's and not shown. */
final class MeshedResponse<T> implements HttpResponse<T>, HttpResponse.ResponseInfo {
    private final HttpRequest request;
    private final Answer answer;
    private final HttpHeaders headers;
    private final @Nullable T body;
    private final @Nullable HttpResponse<T> previous;

    MeshedResponse(HttpRequest request, Answer answer, @Nullable T body, @Nullable HttpResponse<T> previous) {
        this.request = request;
        this.answer = answer;
        this.body = body;
        this.previous = previous;
        headers = JdkHeads.response(answer.head().headers());
    }

    @Override
    public int statusCode() {
        return answer.head().status();
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return Optional.ofNullable(previous);
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }

    @Override
    @SuppressWarnings("NullAway") // null where the body handler gave null, as in the JDK's own client
    public T body() {
        return body;
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public HttpClient.Version version() {
        return answer.http2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    }

    @Override
    public String toString() {
        return "(" + request.method() + " " + request.uri() + ") " + statusCode();
    }
}
