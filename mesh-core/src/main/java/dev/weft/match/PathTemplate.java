package dev.weft.match;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path template as Envoy's {@code uri_template} has them, without variables: <code>*</code> is one segment that is not
 * empty, <code>**</code> any number of characters, slashes among them; behind <code>**</code> only plain text may follow, and
 * only at the very end may text follow a wildcard without a slash between.
 */
public final class PathTemplate {
    private static final String ONE = "*";

    // Segments before **, or all of them. A wildcard is the very instance ONE.
    private final List<String> head;
    // Behind the last * without a slash; empty in most templates.
    private final String suffix;
    // What the path ends with behind **; null if there is no **.
    private final @Nullable String tail;

    private PathTemplate(List<String> head, String suffix, @Nullable String tail) {
        this.head = head;
        this.suffix = suffix;
        this.tail = tail;
    }

    /** @return null if it is none: expected are segments of plain text, <code>*</code> or <code>**</code>, beginning with a slash */
    public static @Nullable PathTemplate of(String template) {
        if (!template.startsWith("/") || template.indexOf('{') >= 0 || template.indexOf('}') >= 0) {
            return null;
        }
        int any = template.indexOf("**");
        String before = any < 0 ? template : template.substring(0, any);
        if (any >= 0) {
            String tail = template.substring(any + 2);
            return before.endsWith("/") && tail.indexOf('*') < 0 ? parse(before, tail) : null;
        }
        return parse(before, null);
    }

    private static @Nullable PathTemplate parse(String before, @Nullable String tail) {
        List<String> head = new ArrayList<>();
        String suffix = "";
        String[] segments = before.substring(1).split("/", -1);
        // Before ** the last slash belongs to it.
        int count = tail == null ? segments.length : segments.length - 1;
        for (int i = 0; i < count; i++) {
            String segment = segments[i];
            if (!segment.startsWith("*")) {
                if (segment.indexOf('*') >= 0) {
                    return null;
                }
                head.add(segment);
                continue;
            }
            String behind = segment.substring(1);
            boolean last = i == count - 1 && tail == null;
            if (behind.indexOf('*') >= 0 || !behind.isEmpty() && !last) {
                return null;
            }
            head.add(ONE);
            suffix = behind;
        }
        return new PathTemplate(head, suffix, tail);
    }

    /** @param path without its query */
    public boolean matches(String path) {
        int at = 0;
        for (int i = 0; i < head.size(); i++) {
            if (at >= path.length() || path.charAt(at) != '/') {
                return false;
            }
            int from = at + 1;
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            if (!segment(head.get(i), path, from, to, i == head.size() - 1 ? suffix : "")) {
                return false;
            }
            at = to;
        }
        if (tail == null) {
            return at == path.length();
        }
        return at < path.length()
                && path.charAt(at) == '/'
                && path.length() - at - 1 >= tail.length()
                && path.endsWith(tail);
    }

    @SuppressWarnings({"ReferenceEquality", "StringEquality"}) // text that reads like a wildcard is none
    private static boolean segment(String wanted, String path, int from, int to, String suffix) {
        if (wanted == ONE) {
            return to - from > suffix.length() && path.startsWith(suffix, to - suffix.length());
        }
        return to - from == wanted.length() && path.startsWith(wanted, from);
    }

    /** What every path that matches begins with. */
    public String beginning() {
        StringBuilder text = new StringBuilder("/");
        for (String segment : head) {
            if (segment.equals(ONE)) {
                return text.toString();
            }
            text.append(segment).append('/');
        }
        if (tail == null) {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }
}
