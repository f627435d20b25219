package dev.weft.http.transport;

import dev.weft.request.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;

/** Writes a request head as RFC 9112 has it. The head has passed {@link HeadRules}, so that its characters are bytes. */
final class Http1Head {
    private static final byte[] VERSION_AND_HOST = bytes(" HTTP/1.1\r\nhost: ");
    private static final byte[] LENGTH = bytes("content-length: ");
    private static final byte[] CHUNKED = bytes("transfer-encoding: chunked\r\n");
    private static final byte[] EXPECT = bytes("expect: 100-continue\r\n");
    private static final byte[] COLON = bytes(": ");
    private static final byte[] LINE = bytes("\r\n");

    private Http1Head() {}

    /** @param length of the body; -1 = chunks */
    static void write(RequestHead head, long length, boolean expectContinue, ByteBuf out) {
        text(head.method(), out);
        out.writeByte(' ');
        text(head.path(), out);
        out.writeBytes(VERSION_AND_HOST);
        text(head.authority(), out);
        out.writeBytes(LINE);
        head.headers().forEach((name, value) -> {
            if (!HopByHop.notSent(name)) {
                text(name, out);
                out.writeBytes(COLON);
                text(value, out);
                out.writeBytes(LINE);
            }
        });
        if (length < 0) {
            out.writeBytes(CHUNKED);
        } else if (length > 0 || saysEmptiness(head.method())) {
            out.writeBytes(LENGTH);
            text(Long.toString(length), out);
            out.writeBytes(LINE);
        }
        if (expectContinue) {
            out.writeBytes(EXPECT);
        }
        out.writeBytes(LINE);
    }

    /** For methods that usually have a body servers want to be told that there is none (RFC 9110, 8.6). */
    static boolean saysEmptiness(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** Latin-1, one byte a character. */
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) is the copy without a table that is wanted here
    private static void text(String text, ByteBuf out) {
        int length = text.length();
        out.ensureWritable(length);
        if (out.hasArray()) {
            text.getBytes(0, length, out.array(), out.arrayOffset() + out.writerIndex());
            out.writerIndex(out.writerIndex() + length);
        } else {
            for (int i = 0; i < length; i++) {
                out.writeByte(text.charAt(i));
            }
        }
    }

    private static byte[] bytes(String ascii) {
        return new AsciiString(ascii).toByteArray();
    }
}
