package dev.weft.authz.jwt;

import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.util.Collection;

/** Fields that say what was verified, and so may not come from outside. */
final class Fields {
    private Fields() {}

    /** The head without these; the same instance if there was none. */
    static RequestHead without(RequestHead head, Collection<String> names) {
        Headers headers = head.headers();
        if (names.stream().noneMatch(headers::contains)) {
            return head;
        }
        Headers.Builder kept = headers.toBuilder();
        names.forEach(kept::remove);
        return head.withHeaders(kept.build());
    }
}
