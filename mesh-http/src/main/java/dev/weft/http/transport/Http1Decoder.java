package dev.weft.http.transport;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Reads responses; knows when the request was a HEAD, whose response has no body whatever its fields say. */
final class Http1Decoder extends HttpResponseDecoder {
    // A little over Envoy's 60 KiB, so that what passes a sidecar passes here.
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_CHUNK = 64 * 1024;

    private boolean answersHead;

    Http1Decoder() {
        super(new HttpDecoderConfig().setMaxHeaderSize(MAX_HEAD).setMaxChunkSize(MAX_CHUNK));
    }

    /** Before each request. */
    void expect(String method) {
        answersHead = method.equals("HEAD");
    }

    /** Something has come that is no whole message yet. */
    boolean holdsBytes() {
        return actualReadableBytes() > 0;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return answersHead || super.isContentAlwaysEmpty(message);
    }
}
