package dev.weft.control.istio;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule of a VirtualService's {@code http}. */
public record HttpRoute(
        @Nullable String name,
        List<HttpMatch> match,
        List<Weighted> route,
        @Nullable Redirect redirect,
        @Nullable DirectResponse directResponse,
        @Nullable Delegate delegate,
        @Nullable Rewrite rewrite,
        @Nullable Duration timeout,
        @Nullable Retries retries,
        @Nullable Fault fault,
        @Nullable Destination mirror,
        @Nullable Double mirrorPercentage,
        List<MirrorPolicy> mirrors,
        @Nullable Cors cors,
        HeaderChanges headers,
        int line) {

    /** A destination with its share. */
    public record Weighted(
            Destination destination, @Nullable Integer weight, HeaderChanges headers) {
        static Weighted read(Fields fields) {
            Destination destination = fields.message("destination", Destination::read);
            return new Weighted(
                    destination == null ? new Destination("", null, null, fields.line()) : destination,
                    fields.int32("weight"),
                    orNone(fields.message("headers", HeaderChanges::read)));
        }
    }

    /** Answer with another place. */
    public record Redirect(
            @Nullable String uri,
            @Nullable String authority,
            @Nullable String scheme,
            @Nullable Integer port,
            @Nullable String derivePort,
            @Nullable String prefixRewrite,
            int code) {
        static Redirect read(Fields fields) {
            Long port = fields.unsigned("port");
            Long code = fields.unsigned("redirectCode");
            return new Redirect(
                    fields.string("uri"),
                    fields.string("authority"),
                    fields.string("scheme"),
                    port == null ? null : port.intValue(),
                    fields.string("derivePort"),
                    fields.string("prefixRewrite"),
                    code == null || code == 0 ? 301 : code.intValue());
        }
    }

    /** Answer without a server. */
    public record DirectResponse(int status, @Nullable String text, boolean bytes) {
        static DirectResponse read(Fields fields) {
            Long status = fields.unsigned("status");
            String[] text = new String[1];
            boolean[] bytes = new boolean[1];
            fields.message("body", body -> {
                text[0] = body.string("string");
                String encoded = body.string("bytes");
                if (encoded != null) {
                    bytes[0] = true;
                    try {
                        text[0] = new String(
                                java.util.Base64.getDecoder().decode(encoded), java.nio.charset.StandardCharsets.UTF_8);
                    } catch (IllegalArgumentException e) {
                        body.error("bytes", "base64 was expected");
                    }
                }
                return body;
            });
            return new DirectResponse(status == null ? 0 : status.intValue(), text[0], bytes[0]);
        }
    }

    /** Another VirtualService has the rules. */
    public record Delegate(@Nullable String name, @Nullable String namespace) {
        static Delegate read(Fields fields) {
            return new Delegate(fields.string("name"), fields.string("namespace"));
        }
    }

    /** Changes to path and authority. */
    public record Rewrite(
            @Nullable String uri,
            @Nullable String authority,
            @Nullable String regex,
            @Nullable String substitution) {
        static Rewrite read(Fields fields) {
            String[] regex = new String[2];
            fields.message("uriRegexRewrite", r -> {
                regex[0] = r.string("match");
                regex[1] = r.string("rewrite");
                return r;
            });
            return new Rewrite(fields.string("uri"), fields.string("authority"), regex[0], regex[1]);
        }
    }

    /** How often and when to try again. */
    public record Retries(
            @Nullable Integer attempts,
            @Nullable Duration perTryTimeout,
            @Nullable String retryOn,
            @Nullable Boolean retryRemoteLocalities,
            @Nullable Boolean retryIgnorePreviousHosts,
            @Nullable Duration backoff,
            int line) {
        static Retries read(Fields fields) {
            return new Retries(
                    fields.int32("attempts"),
                    fields.duration("perTryTimeout"),
                    fields.string("retryOn"),
                    fields.bool("retryRemoteLocalities"),
                    fields.bool("retryIgnorePreviousHosts"),
                    fields.duration("backoff"),
                    fields.line());
        }
    }

    /** Injected faults. */
    public record Fault(@Nullable Delay delay, @Nullable Abort abort) {
        /**
         * How often, and what.
         *
         * @param percent 0 to 100; null when not written, which injects nothing
         */
        public record Delay(
                @Nullable Duration fixed,
                @Nullable Duration exponential,
                @Nullable Double percent) {}

        /**
         * How often, and what.
         *
         * @param percent 0 to 100; null when not written, which injects nothing
         */
        public record Abort(
                @Nullable Integer httpStatus,
                @Nullable String grpcStatus,
                @Nullable String http2Error,
                @Nullable Double percent) {}

        static Fault read(Fields fields) {
            return new Fault(
                    fields.message(
                            "delay",
                            d -> new Delay(d.duration("fixedDelay"), d.duration("exponentialDelay"), share(d))),
                    fields.message(
                            "abort",
                            a -> new Abort(
                                    a.int32("httpStatus"), a.string("grpcStatus"), a.string("http2Error"), share(a))));
        }

        private static @Nullable Double share(Fields fields) {
            Double percentage = percentage(fields, "percentage");
            Integer old = fields.int32("percent");
            return percentage != null ? percentage : old == null ? null : Double.valueOf(old);
        }
    }

    /** A copy and its share. */
    public record MirrorPolicy(
            Destination destination, @Nullable Double percentage) {
        static MirrorPolicy read(Fields fields) {
            Destination destination = fields.message("destination", Destination::read);
            return new MirrorPolicy(
                    destination == null ? new Destination("", null, null, fields.line()) : destination,
                    HttpRoute.percentage(fields, "percentage"));
        }
    }

    /** Cross-origin rules. */
    public record Cors(
            List<StringMatch> allowOrigins,
            List<String> allowMethods,
            List<String> allowHeaders,
            List<String> exposeHeaders,
            @Nullable Duration maxAge,
            @Nullable Boolean allowCredentials,
            @Nullable String unmatchedPreflights) {
        static Cors read(Fields fields) {
            List<StringMatch> origins = new java.util.ArrayList<>(fields.messages("allowOrigins", StringMatch::read));
            fields.strings("allowOrigin").forEach(origin -> origins.add(new StringMatch(origin, null, null)));
            return new Cors(
                    origins,
                    fields.strings("allowMethods"),
                    fields.strings("allowHeaders"),
                    fields.strings("exposeHeaders"),
                    fields.duration("maxAge"),
                    fields.bool("allowCredentials"),
                    fields.string("unmatchedPreflights"));
        }
    }

    static @Nullable Double percentage(Fields fields, String name) {
        return fields.message(name, p -> {
            Double value = p.number("value");
            return value == null ? Double.valueOf(0) : value;
        });
    }

    static HttpRoute read(Fields fields) {
        // Accepted by Istio for old configurations and without effect there too.
        fields.skip(
                "websocketUpgrade",
                "appendHeaders",
                "appendRequestHeaders",
                "appendResponseHeaders",
                "removeResponseHeaders");
        Integer mirrorPercent = fields.int32("mirrorPercent");
        Double mirrorPercentage = percentage(fields, "mirrorPercentage");
        return new HttpRoute(
                fields.string("name"),
                fields.messages("match", HttpMatch::read),
                fields.messages("route", Weighted::read),
                fields.message("redirect", Redirect::read),
                fields.message("directResponse", DirectResponse::read),
                fields.message("delegate", Delegate::read),
                fields.message("rewrite", Rewrite::read),
                fields.duration("timeout"),
                fields.message("retries", Retries::read),
                fields.message("fault", Fault::read),
                fields.message("mirror", Destination::read),
                mirrorPercentage != null
                        ? mirrorPercentage
                        : mirrorPercent == null ? null : Double.valueOf(mirrorPercent),
                fields.messages("mirrors", MirrorPolicy::read),
                fields.message("corsPolicy", Cors::read),
                orNone(fields.message("headers", HeaderChanges::read)),
                fields.line());
    }

    private static HeaderChanges orNone(@Nullable HeaderChanges changes) {
        return changes == null ? HeaderChanges.NONE : changes;
    }
}
