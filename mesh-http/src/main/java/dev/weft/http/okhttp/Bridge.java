package dev.weft.http.okhttp;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.GzipSource;
import okio.Okio;

/** From the request that a user wrote to the one that is sent, and back: media type, cookies, gzip, user agent. */
final class Bridge {
    private static final String USER_AGENT = "okhttp/" + version();

    private Bridge() {}

    /** What happens on the other side. */
    interface Network {
        Response send(Request request) throws IOException;
    }

    static Response across(CookieJar cookies, Request written, Network network) throws IOException {
        Request.Builder sent = written.newBuilder();
        RequestBody body = written.body();
        if (body != null) {
            describe(body, sent);
        }
        boolean gzip = written.header("Accept-Encoding") == null && written.header("Range") == null;
        if (gzip) {
            sent.header("Accept-Encoding", "gzip");
        }
        List<Cookie> known = cookies.loadForRequest(written.url());
        if (!known.isEmpty()) {
            sent.header(
                    "Cookie",
                    known.stream()
                            .map(cookie -> cookie.name() + "=" + cookie.value())
                            .collect(Collectors.joining("; ")));
        }
        if (written.header("User-Agent") == null) {
            sent.header("User-Agent", USER_AGENT);
        }
        Response response = network.send(sent.build());
        List<Cookie> given = cookies == CookieJar.NO_COOKIES
                ? List.of()
                : Cookie.parseAll(response.request().url(), response.headers());
        if (!given.isEmpty()) {
            cookies.saveFromResponse(response.request().url(), given);
        }
        boolean packed = gzip && "gzip".equalsIgnoreCase(response.header("Content-Encoding"));
        return packed && Hop.promisesBody(response) ? unpacked(response) : response;
    }

    private static void describe(RequestBody body, Request.Builder sent) throws IOException {
        MediaType type = body.contentType();
        if (type != null) {
            sent.header("Content-Type", type.toString());
        }
        long length = body.contentLength();
        if (length >= 0) {
            sent.header("Content-Length", String.valueOf(length)).removeHeader("Transfer-Encoding");
        } else {
            sent.header("Transfer-Encoding", "chunked").removeHeader("Content-Length");
        }
    }

    private static Response unpacked(Response response) {
        ResponseBody packed = response.body();
        if (packed == null) {
            return response;
        }
        return response.newBuilder()
                .removeHeader("Content-Encoding")
                .removeHeader("Content-Length")
                .body(ResponseBody.create(Okio.buffer(new GzipSource(packed.source())), packed.contentType(), -1))
                .build();
    }

    private static String version() {
        try {
            // Not the constant, which the compiler would take from the version that it sees.
            return (String) Class.forName("okhttp3.OkHttp").getField("VERSION").get(null);
        } catch (ReflectiveOperationException e) {
            return "unknown";
        }
    }
}
