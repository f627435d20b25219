package dev.weft.http.netty;

import dev.weft.config.HeaderOps;
import dev.weft.http.guard.ResponseFields;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** Between the fields of Netty's HTTP/2 codec and ours. */
final class Http2Fields {
    private Http2Fields() {}

    /** Without pseudo-header fields. */
    static Headers read(Http2Headers came) {
        Headers.Builder fields = Headers.builder();
        came.forEach(field -> {
            if (field.getKey().length() > 0 && field.getKey().charAt(0) != ':') {
                fields.add(field.getKey().toString(), field.getValue().toString());
            }
        });
        return fields.build();
    }

    /** Leaves of what came what was judged. */
    static void write(RequestHead arrived, RequestHead judged, Http2Headers fields) {
        fields.path(judged.path());
        if (arrived.headers() != judged.headers()) {
            arrived.headers().forEach((name, value) -> fields.remove(name));
            judged.headers().forEach(fields::add);
        }
        fields.remove("host");
        if (!judged.authority().isEmpty()) {
            fields.authority(judged.authority());
        }
    }

    static void apply(HeaderOps changes, Http2Headers fields) {
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
