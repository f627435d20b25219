package dev.weft.http.transport;

import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;

/** Between our heads and HTTP/2's. */
final class Http2Heads {
    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final AsciiString HTTPS = AsciiString.cached("https");

    private Http2Heads() {}

    static Http2Headers request(Transfer transfer) {
        RequestHead head = transfer.head;
        // The head has passed HeadRules; names are lower case already.
        Http2Headers fields = new DefaultHttp2Headers(false, head.headers().size() + 8);
        fields.method(head.method());
        fields.scheme(transfer.tls == null ? HTTP : HTTPS);
        fields.authority(head.authority());
        fields.path(head.path());
        head.headers().forEach((name, value) -> {
            if (!HopByHop.notSent(name)) {
                fields.add(name, value);
            } else if (name.equals("te") && value.equals("trailers")) {
                // The one hop-by-hop field that HTTP/2 keeps (RFC 9113, 8.2.2); gRPC servers insist on it.
                fields.add(name, value);
            }
        });
        long length = transfer.body.length();
        if (length > 0 || (length == 0 && Http1Head.saysEmptiness(head.method()))) {
            fields.add("content-length", Long.toString(length));
        }
        if (transfer.expectContinue) {
            fields.add("expect", "100-continue");
        }
        return fields;
    }

    /** 0 if there is none or it is no number from 100 to 599. */
    static int status(Http2Headers fields) {
        CharSequence text = fields.status();
        if (text == null || text.length() != 3) {
            return 0;
        }
        int status = 0;
        for (int i = 0; i < 3; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            status = status * 10 + digit;
        }
        return status >= 100 && status < 600 ? status : 0;
    }

    /** The fields without pseudo-fields and without what must not come over HTTP/2 but might. */
    static Headers fields(Http2Headers fields) {
        Headers.Builder builder = Headers.builder();
        fields.forEach(field -> {
            String name = field.getKey().toString();
            if (!name.startsWith(":") && !HopByHop.is(name)) {
                builder.add(name, field.getValue().toString());
            }
        });
        return builder.build();
    }
}
