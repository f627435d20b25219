package dev.weft.route;

import dev.weft.config.RouteAction;
import dev.weft.config.VirtualHost;
import dev.weft.request.Authority;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.request.ResponseHead;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answers that routing gives without a server. */
final class LocalAnswers {
    private LocalAnswers() {}

    static RouteDecision.Answer noRoute(@Nullable VirtualHost host, String reason, List<String> steps) {
        LocalReply reply = new LocalReply(404, Set.of(ResponseFlag.NR), reason, "", Headers.EMPTY, null);
        return new RouteDecision.Answer(reply, host, null, 0, steps);
    }

    static RouteDecision.Answer badPath(RequestHead head) {
        String reason = "path " + head.path() + ": no encoded NUL was expected";
        LocalReply reply = new LocalReply(400, Set.of(), reason, "", Headers.EMPTY, null);
        return new RouteDecision.Answer(reply, null, null, 0, List.of(reason));
    }

    static RouteDecision.Answer direct(Match match, RouteAction.DirectReply action) {
        Headers headers = action.body().isEmpty() ? Headers.EMPTY : Headers.of("content-type", "text/plain");
        return answer(match, action.status(), action.body(), headers, "direct response " + action.status(), action);
    }

    static RouteDecision.Answer redirect(Match match, RouteAction.Redirect action) {
        String location = location(match, action);
        return answer(
                match,
                action.status(),
                "",
                Headers.of("location", location),
                "redirect " + action.status() + " to " + location,
                action);
    }

    private static RouteDecision.Answer answer(
            Match match, int status, String body, Headers headers, String reason, RouteAction action) {
        Headers.Builder edited = headers.toBuilder();
        match.route().replyEdits.apply(edited, match.head(), new ResponseHead(status, headers));
        LocalReply reply = new LocalReply(status, Set.of(), reason, body, edited.build(), null);
        return new RouteDecision.Answer(
                reply, match.host().host, match.route().route, match.route().index, Steps.of(match, action, null));
    }

    private static String location(Match match, RouteAction.Redirect action) {
        RequestHead head = match.head();
        String scheme = action.scheme() == null ? head.scheme() : action.scheme();
        String path = head.path();
        if (match.route().pathEdit != null) {
            path = match.route().pathEdit.apply(path);
        }
        if (!path.startsWith("/")) {
            path = "/" + path;
        }
        int query = path.indexOf('?');
        if (action.stripQuery() && query >= 0) {
            path = path.substring(0, query);
        }
        return scheme + "://" + host(head, action, scheme) + path;
    }

    /** The port of the request's authority stays, unless host or port are replaced or it is the old scheme's default. */
    private static String host(RequestHead head, RouteAction.Redirect action, String scheme) {
        @Nullable Integer port = action.port();
        if (action.host() != null) {
            return port == null ? action.host() : action.host() + ":" + port;
        }
        int written = Authority.writtenPort(head.authority());
        String bare = written < 0
                ? head.authority()
                : head.authority().substring(0, head.authority().lastIndexOf(':'));
        if (port != null) {
            return bare + ":" + port;
        }
        boolean oldDefault = !scheme.equals(head.scheme()) && written == ("https".equals(head.scheme()) ? 443 : 80);
        return written < 0 || oldDefault ? bare : bare + ":" + written;
    }
}
