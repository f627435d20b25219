package dev.weft.xds.reader;

import com.google.protobuf.ByteString;
import dev.weft.config.Rewrite;
import dev.weft.config.RouteAction;
import dev.weft.proto.envoy.config.core.v3.DataSource;
import dev.weft.proto.envoy.config.route.v3.DirectResponseAction;
import dev.weft.proto.envoy.config.route.v3.RedirectAction;
import org.jspecify.annotations.Nullable;

/** Answers that need no server: {@code RedirectAction} and {@code DirectResponseAction}. */
final class LocalActionReader {
    private static final KnownFields REDIRECT = KnownFields.of(RedirectAction.getDescriptor())
            .honours(
                    "https_redirect",
                    "scheme_redirect",
                    "host_redirect",
                    "port_redirect",
                    "path_redirect",
                    "prefix_rewrite",
                    "regex_rewrite",
                    "response_code",
                    "strip_query");
    private static final KnownFields DIRECT =
            KnownFields.of(DirectResponseAction.getDescriptor()).honours("status", "body");
    private static final KnownFields BODY =
            KnownFields.of(DataSource.getDescriptor()).honours("inline_bytes", "inline_string");

    private LocalActionReader() {}

    static RouteAction.Redirect redirect(RedirectAction found, Place place) {
        REDIRECT.check(found, place);
        String scheme = found.getHttpsRedirect() ? "https" : found.getSchemeRedirect();
        int port = found.getPortRedirect();
        if (port < 0 || port > 65_535) {
            place.refuse("port_redirect", Integer.toUnsignedString(port), "a port up to 65535");
        }
        return new RouteAction.Redirect(
                scheme.isEmpty() ? null : scheme,
                found.getHostRedirect().isEmpty() ? null : found.getHostRedirect(),
                port == 0 ? null : port,
                path(found, place),
                status(found, place),
                found.getStripQuery());
    }

    private static Rewrite.@Nullable PathRewrite path(RedirectAction found, Place place) {
        return switch (found.getPathRewriteSpecifierCase()) {
            case PATH_REDIRECT -> new Rewrite.Full(found.getPathRedirect());
            case PREFIX_REWRITE -> new Rewrite.Prefix(found.getPrefixRewrite());
            case REGEX_REWRITE -> PathRewriteReader.regex(found.getRegexRewrite(), place.at("regex_rewrite"));
            case PATHREWRITESPECIFIER_NOT_SET -> null;
        };
    }

    private static int status(RedirectAction found, Place place) {
        return switch (found.getResponseCode()) {
            case MOVED_PERMANENTLY -> 301;
            case FOUND -> 302;
            case SEE_OTHER -> 303;
            case TEMPORARY_REDIRECT -> 307;
            case PERMANENT_REDIRECT -> 308;
            case UNRECOGNIZED -> {
                place.refuse("response_code", found.getResponseCodeValue(), "a code between 0 and 4");
                yield 301;
            }
        };
    }

    /** @param limit bytes that a body may have */
    static RouteAction.DirectReply direct(DirectResponseAction found, int limit, Place place) {
        DIRECT.check(found, place);
        if (found.getStatus() < 200 || found.getStatus() > 599) {
            place.refuse("status", Integer.toUnsignedString(found.getStatus()), "a status between 200 and 599");
        }
        if (!found.hasBody()) {
            return new RouteAction.DirectReply(found.getStatus(), "");
        }
        BODY.check(found.getBody(), place.at("body"));
        ByteString bytes = found.getBody().hasInlineString()
                ? found.getBody().getInlineStringBytes()
                : found.getBody().getInlineBytes();
        if (bytes.size() > limit) {
            place.refuse("body", bytes.size() + " bytes", "at most " + limit + " bytes");
        }
        if (!bytes.isValidUtf8()) {
            place.refuse("body.inline_bytes", bytes.size() + " bytes", "UTF-8 text");
        }
        return new RouteAction.DirectReply(found.getStatus(), bytes.toStringUtf8());
    }
}
