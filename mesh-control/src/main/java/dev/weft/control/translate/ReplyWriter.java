package dev.weft.control.translate;

import dev.weft.control.istio.HttpRoute.DirectResponse;
import dev.weft.control.istio.HttpRoute.Redirect;
import dev.weft.proto.envoy.config.core.v3.DataSource;
import dev.weft.proto.envoy.config.route.v3.DirectResponseAction;
import dev.weft.proto.envoy.config.route.v3.RedirectAction;
import dev.weft.proto.envoy.config.route.v3.RedirectAction.RedirectResponseCode;

/** Writes what a route answers without a server. */
final class ReplyWriter {
    private ReplyWriter() {}

    /** @param port that the caller dialled */
    static RedirectAction redirect(Redirect redirect, int port) {
        RedirectAction.Builder out = RedirectAction.newBuilder();
        if (redirect.authority() != null) {
            out.setHostRedirect(redirect.authority());
        }
        if (redirect.prefixRewrite() != null && !redirect.prefixRewrite().isEmpty()) {
            out.setPrefixRewrite(redirect.prefixRewrite());
        } else if (redirect.uri() != null && !redirect.uri().isEmpty()) {
            out.setPathRedirect(redirect.uri());
        }
        if (redirect.scheme() != null && !redirect.scheme().isEmpty()) {
            out.setSchemeRedirect(redirect.scheme());
        }
        if (redirect.port() != null) {
            out.setPortRedirect(redirect.port());
        } else if ("FROM_REQUEST_PORT".equals(redirect.derivePort())) {
            // Each port has its own routes, so the port of the request is known here.
            out.setPortRedirect(port);
        }
        return out.setResponseCode(code(redirect.code())).build();
    }

    private static RedirectResponseCode code(int status) {
        return switch (status) {
            case 302 -> RedirectResponseCode.FOUND;
            case 303 -> RedirectResponseCode.SEE_OTHER;
            case 307 -> RedirectResponseCode.TEMPORARY_REDIRECT;
            case 308 -> RedirectResponseCode.PERMANENT_REDIRECT;
            default -> RedirectResponseCode.MOVED_PERMANENTLY;
        };
    }

    static DirectResponseAction direct(DirectResponse response) {
        DirectResponseAction.Builder out = DirectResponseAction.newBuilder().setStatus(response.status());
        if (response.text() != null) {
            out.setBody(DataSource.newBuilder().setInlineString(response.text()));
        }
        return out.build();
    }
}
