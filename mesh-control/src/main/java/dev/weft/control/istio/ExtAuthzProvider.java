package dev.weft.control.istio;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service that is asked whether a request may pass.
 *
 * @param name by which policies refer to it
 * @param service {@code [NAMESPACE/]HOST}
 * @param port 1 to 65535; 0 where none is written
 * @param timeout of a question, or null for Istio's ten minutes
 * @param failOpen let requests pass when it cannot be asked
 * @param statusOnError answered when it cannot be asked, or empty for 403
 * @param wantsBody whether it decides by the request's body too
 * @param http what only questions over HTTP have; null = it is asked over gRPC
 */
public record ExtAuthzProvider(
        String name,
        String service,
        int port,
        @Nullable Duration timeout,
        boolean failOpen,
        String statusOnError,
        boolean wantsBody,
        @Nullable Http http) {

    /**
     * Names of headers: exact, {@code prefix*} or {@code *suffix}.
     *
     * @param pathPrefix before the path of the question, or empty
     * @param includeHeaders of the request that it is sent
     * @param additionalHeaders that it is sent as well
     * @param upstreamOnAllow of its answer, for the application
     * @param downstreamOnAllow of its answer, for the caller
     * @param downstreamOnDeny of its answer, for the caller that is refused
     */
    public record Http(
            String pathPrefix,
            List<String> includeHeaders,
            Map<String, String> additionalHeaders,
            List<String> upstreamOnAllow,
            List<String> downstreamOnAllow,
            List<String> downstreamOnDeny) {
        private static Http read(Fields fields) {
            List<String> old = fields.strings("includeHeadersInCheck");
            List<String> headers = fields.strings("includeRequestHeadersInCheck");
            return new Http(
                    fields.string("pathPrefix", ""),
                    headers.isEmpty() ? old : headers,
                    fields.stringMap("includeAdditionalHeadersInCheck"),
                    fields.strings("headersToUpstreamOnAllow"),
                    fields.strings("headersToDownstreamOnAllow"),
                    fields.strings("headersToDownstreamOnDeny"));
        }
    }

    /** Null for a provider of something else: traces, logs. */
    static @Nullable ExtAuthzProvider read(Fields fields) {
        fields.names().forEach(fields::skip);
        String name = fields.string("name", "");
        ExtAuthzProvider http = fields.message("envoyExtAuthzHttp", f -> of(name, f, Http.read(f)));
        ExtAuthzProvider grpc = fields.message("envoyExtAuthzGrpc", f -> of(name, f, null));
        return http == null ? grpc : http;
    }

    private static ExtAuthzProvider of(String name, Fields fields, @Nullable Http http) {
        Long port = fields.unsigned("port");
        return new ExtAuthzProvider(
                name,
                fields.string("service", ""),
                port == null || port > 65_535 ? 0 : port.intValue(),
                fields.duration("timeout"),
                fields.flag("failOpen"),
                fields.string("statusOnError", ""),
                wantsBody(fields),
                http);
    }

    private static boolean wantsBody(Fields fields) {
        boolean wanted = fields.has("includeRequestBodyInCheck");
        fields.skip("includeRequestBodyInCheck");
        return wanted;
    }
}
