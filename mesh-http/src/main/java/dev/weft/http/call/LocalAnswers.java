package dev.weft.http.call;

import dev.weft.http.body.IncomingBody;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.ResponseHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The mesh's own replies in the form of a response. */
final class LocalAnswers {
    private LocalAnswers() {}

    /** @param method of the request; a HEAD gets no body */
    static Answer of(LocalReply reply, String method) {
        byte[] text = reply.body().getBytes(StandardCharsets.UTF_8);
        Headers.Builder headers = reply.headers().toBuilder();
        headers.set("content-length", String.valueOf(text.length));
        if (!reply.flags().isEmpty()) {
            headers.set(LocalReply.FLAGS_HEADER, reply.flagText());
        }
        headers.set(LocalReply.REASON_HEADER, oneLine(reply.reason()));
        IncomingBody body;
        if (text.length == 0 || method.equals("HEAD")) {
            body = IncomingBody.empty();
        } else {
            body = new IncomingBody(IncomingBody.Source.NONE);
            body.offer(ByteBuffer.wrap(text));
            body.end(Headers.EMPTY);
        }
        return new Answer(new ResponseHead(reply.status(), headers.build()), body, reply, false);
    }

    /** A reason quotes foreign words (an exception's message); a header has one line. */
    private static String oneLine(String reason) {
        StringBuilder line = new StringBuilder(reason.length());
        for (int i = 0; i < reason.length(); i++) {
            char c = reason.charAt(i);
            line.append(c < ' ' || c == 0x7F ? ' ' : c);
        }
        return line.toString();
    }
}
