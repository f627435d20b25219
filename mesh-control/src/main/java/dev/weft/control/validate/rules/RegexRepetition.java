package dev.weft.control.validate.rules;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds the counted repetitions of a regular expression: {@code ((a{1000}){1000}){1000}} is short, and compiles into a
 * billion steps. RE2 itself has the same bound; the Java port of it has none for nested ones.
 */
final class RegexRepetition {
    static final int MAX = 1_000;

    private RegexRepetition() {}

    /** Whether no part is repeated more than {@link #MAX} times in all. */
    static boolean bounded(String regex) {
        // What the groups that are open repeat at most, and what the piece just read does.
        Deque<Long> groups = new ArrayDeque<>();
        long inGroup = 1;
        long piece = 1;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
                piece = 1;
            } else if (c == '[') {
                i = endOfClass(regex, i);
                piece = 1;
            } else if (c == '(') {
                groups.push(inGroup);
                inGroup = 1;
            } else if (c == ')') {
                piece = inGroup;
                inGroup = Math.max(piece, groups.isEmpty() ? 1 : groups.pop());
            } else if (c == '{') {
                int close = regex.indexOf('}', i);
                long count = count(regex, i, close);
                // A brace that counts nothing stands for itself.
                piece = count == 0 ? 1 : piece * count;
                i = count == 0 ? i : close;
                inGroup = Math.max(inGroup, piece);
                if (piece > MAX) {
                    return false;
                }
            } else if ("*+?".indexOf(c) < 0) {
                piece = 1;
            }
        }
        return true;
    }

    private static int endOfClass(String regex, int open) {
        for (int i = open + 2; i < regex.length(); i++) {
            if (regex.charAt(i) == '\\') {
                i++;
            } else if (regex.charAt(i) == ']') {
                return i;
            }
        }
        return regex.length();
    }

    /** The larger number of {@code {n}}, {@code {n,}} or {@code {n,m}}, at least 1; 0 if it is none of them. */
    private static long count(String regex, int open, int close) {
        if (close < 0 || close - open > 12) {
            return 0;
        }
        long most = 1;
        for (String number : regex.substring(open + 1, close).split(",", -1)) {
            if (!number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return 0;
            }
            most = number.isEmpty() ? most : Math.max(most, Long.parseLong(number));
        }
        return most;
    }
}
