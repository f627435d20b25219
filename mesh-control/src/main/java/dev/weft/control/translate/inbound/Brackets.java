package dev.weft.control.translate.inbound;

import java.util.ArrayList;
import java.util.List;

/** Names in brackets behind an attribute; the shape was checked before. */
final class Brackets {
    private Brackets() {}

    /** {@code [x-user]} as {@code x-user}. */
    static String whole(String text) {
        return text.substring(1, text.length() - 1);
    }

    /** {@code [a][b]} as {@code a} and {@code b}; brackets that are not in order are part of the one name. */
    static List<String> path(String text) {
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf(']', at);
            int inner = text.indexOf('[', at + 1);
            if (text.charAt(at) != '[' || end < 0 || inner >= 0 && inner < end) {
                return List.of(whole(text));
            }
            names.add(text.substring(at + 1, end));
            at = end + 1;
        }
        return names;
    }
}
