package dev.weft.http.transport;

import dev.weft.request.Headers;
import dev.weft.request.RequestHead;

/** What may stand in a request head. Anything else could end a field early and smuggle another, or a whole request. */
public final class HeadRules {
    private HeadRules() {}

    /** @throws IllegalArgumentException naming the place, the value and what was expected */
    public static void check(RequestHead head) {
        token("method", head.method());
        visible("authority", head.authority());
        visible("path", head.path());
        Headers headers = head.headers();
        headers.forEach(HeadRules::field);
    }

    /** @throws IllegalArgumentException if this is no field that can be sent */
    public static void field(String name, String value) {
        token("header name", name);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 0xFF || (c < ' ' && c != '\t') || c == 0x7F) {
                throw wrong("value of header " + name, value, i, "a printable Latin-1 character");
            }
        }
    }

    private static void token(String what, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + ": at least one character was expected");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && "-_.!#$%&'*+^`|~".indexOf(c) < 0) {
                throw wrong(what, text, i, "a letter, a digit or one of !#$%&'*+-.^_`|~");
            }
        }
    }

    private static void visible(String what, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + ": at least one character was expected");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                throw wrong(what, text, i, "a visible ASCII character (percent-encode others)");
            }
        }
    }

    private static IllegalArgumentException wrong(String what, String text, int at, String expected) {
        String found = String.format("U+%04X", (int) text.charAt(at));
        return new IllegalArgumentException(
                what + ": " + found + " at position " + at + " where " + expected + " was expected");
    }
}
