package dev.weft.http.guard;

import java.util.List;

/** HTTP/2 to the byte, Latin-1. */
public final class Frames {
    /** The connection preface and an empty SETTINGS frame. */
    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + of(4, 0, 0, "");

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private Frames() {}

    public static String of(int type, int flags, int stream, String payload) {
        return number(payload.length(), 3) + (char) type + (char) flags + number(stream, 4) + payload;
    }

    /** A request without a body. */
    public static String request(int stream, String path) {
        return of(1, END_HEADERS | END_STREAM, stream, block(head(path)));
    }

    static String[] head(String path) {
        return new String[] {":method", "GET", ":scheme", "http", ":authority", "reviews", ":path", path};
    }

    public static String reset(int stream) {
        return of(3, 0, stream, number(8, 4));
    }

    /** The pseudo-header fields by their place in the static table, from 1 on; some servers take them in no other way. */
    private static final List<String> INDEXED = List.of(":authority", ":method", "", ":path", "", ":scheme");

    /** Names and values, as literals that nobody indexes (RFC 7541, 6.2.2). */
    static String block(String... fields) {
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            int index = fields[i].isEmpty() ? 0 : INDEXED.indexOf(fields[i]) + 1;
            block.append((char) index).append(index == 0 ? text(fields[i]) : "").append(text(fields[i + 1]));
        }
        return block.toString();
    }

    private static String text(String text) {
        StringBuilder coded = new StringBuilder();
        int rest = text.length();
        if (rest < 127) {
            coded.append((char) rest);
        } else {
            coded.append((char) 127);
            for (rest -= 127; rest >= 128; rest >>= 7) {
                coded.append((char) (rest & 127 | 128));
            }
            coded.append((char) rest);
        }
        return coded.append(text).toString();
    }

    private static String number(int value, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = bytes - 1; i >= 0; i--) {
            text.append((char) (value >>> 8 * i & 0xFF));
        }
        return text.toString();
    }
}
