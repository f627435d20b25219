package dev.weft.http;

import dev.weft.http.body.OutgoingBody;
import dev.weft.http.transport.HeadRules;
import dev.weft.http.transport.HopByHop;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A request to be sent with a {@link MeshHttpClient}. Immutable: each method gives a new one, and one can be sent many times
 * (unless its body exists {@linkplain #bodyOnce once}).
 */
public final class MeshRequest {
    private final RequestHead head;
    private final OutgoingBody body;

    private MeshRequest(RequestHead head, OutgoingBody body) {
        this.head = head;
        this.body = body;
    }

    public static MeshRequest get(String url) {
        return of("GET", url);
    }

    public static MeshRequest head(String url) {
        return of("HEAD", url);
    }

    public static MeshRequest post(String url) {
        return of("POST", url);
    }

    public static MeshRequest put(String url) {
        return of("PUT", url);
    }

    public static MeshRequest delete(String url) {
        return of("DELETE", url);
    }

    /**
     * A request with any method.
     *
     * @param method in the case the server expects; HTTP methods are case-sensitive
     * @param url absolute, {@code http} or {@code https}, percent-encoded
     * @throws IllegalArgumentException if one of them cannot be sent, saying why
     */
    public static MeshRequest of(String method, String url) {
        Url parts = Url.of(url);
        RequestHead head = new RequestHead(method, parts.scheme(), parts.authority(), parts.path(), Headers.EMPTY);
        HeadRules.check(head);
        return new MeshRequest(head, OutgoingBody.NONE);
    }

    /**
     * Adds a field; a name may occur several times. {@code host} replaces the logical host that routes and the server see, and
     * not the port that is dialled, nor where the call goes if the mesh does not know that host.
     *
     * @throws IllegalArgumentException if it cannot be sent, or if the transport writes it ({@code content-length},
     *     {@code transfer-encoding}, {@code connection} ...)
     */
    public MeshRequest header(String name, String value) {
        HeadRules.field(name, value);
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("host")) {
            return new MeshRequest(head.withAuthority(value), body);
        }
        if (HopByHop.notSent(lower)) {
            throw new IllegalArgumentException("header " + name + ": the transport writes it; none was expected here");
        }
        return new MeshRequest(
                head.withHeaders(head.headers().toBuilder().add(lower, value).build()), body);
    }

    /** A text in UTF-8; say its type with {@code header("content-type", ...)}. */
    public MeshRequest body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes, which must not change any more. */
    public MeshRequest body(byte[] bytes) {
        return with(OutgoingBody.of(bytes));
    }

    /**
     * A file, read while it is sent and anew for each attempt.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public MeshRequest body(Path file) {
        try {
            return with(OutgoingBody.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Streams; each attempt and each mirror asks for a fresh one with the same bytes, and closes it. */
    public MeshRequest body(Supplier<? extends InputStream> source) {
        return with(OutgoingBody.of(source::get, -1));
    }

    /** A stream that exists once: the call is not retried and not mirrored. It is closed when it has been sent or given up. */
    public MeshRequest bodyOnce(InputStream stream) {
        return with(OutgoingBody.once(stream, -1));
    }

    private MeshRequest with(OutgoingBody given) {
        return new MeshRequest(head, given);
    }

    RequestHead head() {
        return head;
    }

    OutgoingBody body() {
        return body;
    }

    @Override
    public String toString() {
        return head.method() + " " + head.scheme() + "://" + head.authority() + head.path();
    }
}
