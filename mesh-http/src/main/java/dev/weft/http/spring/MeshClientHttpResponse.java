package dev.weft.http.spring;

import dev.weft.http.body.BodyStream;
import dev.weft.http.body.IncomingBody;
import dev.weft.http.body.Leftover;
import dev.weft.http.call.Answer;
import dev.weft.runtime.Timer;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** A response that came over the mesh, or the mesh's own. */
final class MeshClientHttpResponse implements ClientHttpResponse {
    private final int status;
    private final HttpHeaders headers;
    private final IncomingBody body;
    private final InputStream stream;
    private final Timer timer;

    /** @param limit for each read, or null */
    MeshClientHttpResponse(Answer answer, Timer timer, @Nullable Duration limit) {
        status = answer.head().status();
        HttpHeaders fields = new HttpHeaders();
        answer.head().headers().forEach(fields::add);
        headers = HttpHeaders.readOnlyHttpHeaders(fields);
        body = answer.body();
        stream = new BodyStream(body, timer, limit);
        this.timer = timer;
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return HttpStatusCode.valueOf(status);
    }

    /** The usual words: neither HTTP/2 nor the mesh carries a server's own. */
    @Override
    public String getStatusText() {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "" : known.getReasonPhrase();
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public InputStream getBody() {
        return stream;
    }

    @Override
    public void close() {
        Leftover.discard(body, timer);
    }
}
