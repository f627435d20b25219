package dev.weft.http.netty;

import dev.weft.config.HeaderOps;
import dev.weft.http.guard.ResponseFields;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import org.jspecify.annotations.Nullable;

/** Between the fields of Netty's HTTP/1.1 codec and ours. */
final class Http1Fields {
    private Http1Fields() {}

    static Headers read(HttpHeaders came) {
        Headers.Builder fields = Headers.builder();
        came.forEach(field -> fields.add(field.getKey(), field.getValue()));
        return fields.build();
    }

    /** Leaves of what came what was judged; fields that concern the connection stay. */
    static void write(RequestHead arrived, RequestHead judged, HttpHeaders fields) {
        if (arrived.headers() != judged.headers()) {
            arrived.headers().forEach((name, value) -> fields.remove(name));
            judged.headers().forEach(fields::add);
        }
        if (!judged.authority().isEmpty() && !judged.authority().equals(fields.get(HttpHeaderNames.HOST))) {
            fields.set(HttpHeaderNames.HOST, judged.authority());
        }
    }

    static boolean hasNoBody(HttpMessage message) {
        String length = message.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return !message.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) && (length == null || length.equals("0"));
    }

    static void apply(HeaderOps changes, HttpHeaders fields) {
        if (changes.isEmpty()) {
            return;
        }
        ResponseFields.apply(changes, new ResponseFields() {
            @Override
            public boolean contains(String name) {
                return fields.contains(name);
            }

            @Override
            public void add(String name, String value) {
                fields.add(name, value);
            }

            @Override
            public void set(String name, @Nullable String value) {
                if (value == null) {
                    fields.remove(name);
                } else {
                    fields.set(name, value);
                }
            }
        });
    }
}
