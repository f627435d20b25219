package dev.weft.route;

import dev.weft.config.RouteAction;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import org.jspecify.annotations.Nullable;

/** Builds the head that leaves: header edits first, then authority and path rewrites, as Envoy orders them. */
final class ForwardedHead {
    private ForwardedHead() {}

    static RequestHead of(RequestHead head, CompiledRoute.Choice choice, RouteAction.Forward action) {
        PathEdit pathEdit = choice.of().pathEdit;
        String rewritten = action.rewrite().authority();
        if (choice.request().isEmpty() && pathEdit == null && rewritten == null) {
            return head;
        }
        Headers.Builder headers = head.headers().toBuilder();
        @Nullable String edited = choice.request().apply(headers, head, null);
        String authority = rewritten != null ? rewritten : edited != null ? edited : head.authority();
        if (!authority.equals(head.authority())) {
            headers.set("x-envoy-original-host", head.authority());
        }
        String path = head.path();
        if (pathEdit != null) {
            path = pathEdit.apply(path);
            headers.set("x-envoy-original-path", head.path());
        }
        return new RequestHead(
                head.method(), head.scheme(), authority, path, headers.build(), head.port(), head.dialled());
    }
}
