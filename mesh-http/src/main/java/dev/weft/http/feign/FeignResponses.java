package dev.weft.http.feign;

import dev.weft.http.body.AnswerStream;
import dev.weft.http.call.Answer;
import dev.weft.http.call.Outbound;
import feign.Request;
import feign.Request.HttpMethod;
import feign.Request.ProtocolVersion;
import feign.Response;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** From our answers to Feign's responses, unpacked as Feign's own client does. */
final class FeignResponses {
    private FeignResponses() {}

    /** May wait for the first bytes of a packed body. */
    static Response of(Request request, Answer answer, Outbound outbound, Request.Options options) throws IOException {
        Map<String, Collection<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.head()
                .headers()
                .forEach((name, value) ->
                        headers.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value));
        InputStream stream = new AnswerStream(
                answer.body(), outbound.world().timer(), FeignRequests.readTimeout(options), IOException::new);
        int status = answer.head().status();
        Integer length = length(headers.get("content-length"));
        if (request.httpMethod() != HttpMethod.HEAD && status != 204 && status != 304) {
            InputStream unpacked = unpacked(stream, headers);
            if (unpacked != stream) {
                stream = unpacked;
                length = null;
                headers.remove("content-encoding");
                headers.remove("content-length");
            }
        }
        return Response.builder()
                .status(status)
                .reason(HttpResponseStatus.valueOf(status).reasonPhrase())
                .protocolVersion(answer.http2() ? ProtocolVersion.HTTP_2 : ProtocolVersion.HTTP_1_1)
                .headers(headers)
                .request(request)
                .body(stream, length)
                .build();
    }

    private static InputStream unpacked(InputStream packed, Map<String, Collection<String>> headers)
            throws IOException {
        if (FeignRequests.names(headers, "content-encoding", "gzip")) {
            return new GZIPInputStream(packed);
        }
        return FeignRequests.names(headers, "content-encoding", "deflate") ? new InflaterInputStream(packed) : packed;
    }

    private static @Nullable Integer length(@Nullable Collection<String> values) {
        try {
            return values == null ? null : Integer.valueOf(values.iterator().next());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
