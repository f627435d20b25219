package dev.weft.control.istio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One block of conditions of an HTTP route: all must hold. */
public record HttpMatch(
        @Nullable String name,
        @Nullable StringMatch uri,
        boolean ignoreUriCase,
        @Nullable StringMatch scheme,
        @Nullable StringMatch method,
        @Nullable StringMatch authority,
        Map<String, StringMatch> headers,
        Map<String, StringMatch> withoutHeaders,
        Map<String, StringMatch> queryParams,
        @Nullable Integer port,
        Map<String, String> sourceLabels,
        @Nullable String sourceNamespace,
        List<String> gateways,
        @Nullable String statPrefix,
        int line) {

    static HttpMatch read(Fields fields) {
        Long port = fields.unsigned("port");
        return new HttpMatch(
                fields.string("name"),
                fields.message("uri", StringMatch::read),
                fields.flag("ignoreUriCase"),
                fields.message("scheme", StringMatch::read),
                fields.message("method", StringMatch::read),
                fields.message("authority", StringMatch::read),
                fields.messageMap("headers", StringMatch::read),
                fields.messageMap("withoutHeaders", StringMatch::read),
                fields.messageMap("queryParams", StringMatch::read),
                port == null ? null : port.intValue(),
                fields.stringMap("sourceLabels"),
                fields.string("sourceNamespace"),
                fields.strings("gateways"),
                fields.string("statPrefix"),
                fields.line());
    }
}
