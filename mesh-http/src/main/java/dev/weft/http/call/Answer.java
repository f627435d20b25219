package dev.weft.http.call;

import dev.weft.http.body.IncomingBody;
import dev.weft.request.LocalReply;
import dev.weft.request.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * What the caller gets.
 *
 * @param head with {@code x-mesh-flags} and {@code x-mesh-reason} if the mesh answered, and certainly without them if not
 * @param body to be read or closed
 * @param reply the mesh's own answer, or null: a server answered
 */
public record Answer(
        ResponseHead head, IncomingBody body, @Nullable LocalReply reply, boolean http2) {}
