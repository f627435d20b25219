package dev.weft.http.hc5;

import dev.weft.http.call.Answer;
import dev.weft.http.call.HeadBuilder;
import dev.weft.request.RequestHead;
import java.net.URI;
import java.util.Iterator;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.net.URIAuthority;

/** Between the heads of the library and ours. */
final class Heads {
    private Heads() {}

    /**
     * Where a request goes, as it was written: a port only where there was one.
     *
     * @param target where the client would connect to
     */
    static String authority(HttpRequest request, HttpHost target) {
        URIAuthority written = request.getAuthority();
        if (written == null || !written.getHostName().equalsIgnoreCase(target.getHostName())) {
            // The caller has named a server besides the request's own host: that one is asked.
            return target.toHostString();
        }
        return new HttpHost(written.getHostName(), written.getPort()).toHostString();
    }

    static String scheme(HttpRequest request, HttpHost target) {
        String scheme = request.getScheme();
        return scheme == null ? target.getSchemeName() : scheme;
    }

    /** With whatever the chain's interceptors have added. */
    static RequestHead request(HttpRequest request, HttpHost target) {
        HeadBuilder head = HeadBuilder.of(
                request.getMethod(), scheme(request, target), authority(request, target), path(request.getPath()));
        for (Iterator<Header> fields = request.headerIterator(); fields.hasNext(); ) {
            Header field = fields.next();
            head.field(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
        return head.build();
    }

    private static String path(String path) {
        if (path == null || path.isEmpty()) {
            return "/";
        }
        // A request may hold characters beyond ASCII; on the wire they are percent-encoded.
        return path.chars().allMatch(c -> c < 0x80) ? path : URI.create(path).toASCIIString();
    }

    static void fill(HttpResponse response, Answer answer) {
        response.setVersion(answer.http2() ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1);
        answer.head().headers().forEach(response::addHeader);
    }

    /** Whether the answer to such a request has no body, whatever its head says. */
    static boolean bodiless(String method, int status) {
        return method.equals("HEAD") || status == 204 || status == 304;
    }
}
