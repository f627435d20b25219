package dev.weft.route;

import com.google.re2j.Pattern;
import dev.weft.config.PathMatch;
import dev.weft.config.Rewrite;
import org.jspecify.annotations.Nullable;

/** A path rewrite made ready; queries survive unless the replacement brings its own. */
final class PathEdit {
    private final Rewrite.PathRewrite rewrite;
    private final PathMatch matched;
    private final @Nullable Pattern pattern;

    private PathEdit(Rewrite.PathRewrite rewrite, PathMatch matched, @Nullable Pattern pattern) {
        this.rewrite = rewrite;
        this.matched = matched;
        this.pattern = pattern;
    }

    static PathEdit of(Rewrite.PathRewrite rewrite, PathMatch matched) {
        return new PathEdit(
                rewrite, matched, rewrite instanceof Rewrite.Regex regex ? Pattern.compile(regex.expression()) : null);
    }

    /** @param path with its query */
    String apply(String path) {
        int question = path.indexOf('?');
        String bare = question < 0 ? path : path.substring(0, question);
        String query = question < 0 ? "" : path.substring(question);
        if (rewrite instanceof Rewrite.Full full) {
            return full.path().indexOf('?') >= 0 ? full.path() : full.path() + query;
        }
        if (rewrite instanceof Rewrite.Prefix prefix) {
            return prefix.replacement() + bare.substring(Math.min(bare.length(), matchedLength(bare))) + query;
        }
        Rewrite.Regex regex = (Rewrite.Regex) rewrite;
        return java.util.Objects.requireNonNull(pattern).matcher(bare).replaceAll(javaReplacement(regex.substitution()))
                + query;
    }

    private int matchedLength(String bare) {
        if (matched instanceof PathMatch.Prefix prefix) {
            return prefix.prefix().length();
        }
        if (matched instanceof PathMatch.SegmentPrefix prefix) {
            return prefix.prefix().length();
        }
        return bare.length();
    }

    /** RE2 writes groups as {@code \1}, RE2/J as {@code $1}. */
    private static String javaReplacement(String substitution) {
        StringBuilder out = new StringBuilder(substitution.length() + 4);
        for (int i = 0; i < substitution.length(); i++) {
            char c = substitution.charAt(i);
            if (c == '\\' && i + 1 < substitution.length()) {
                char next = substitution.charAt(++i);
                if (Character.isDigit(next)) {
                    out.append('$').append(next);
                    // \\10 is group 1 and a zero in RE2; RE2/J would read group 10 unless the digit is escaped.
                    if (i + 1 < substitution.length() && Character.isDigit(substitution.charAt(i + 1))) {
                        out.append('\\').append(substitution.charAt(++i));
                    }
                } else {
                    out.append('\\').append(next);
                }
            } else if (c == '$') {
                out.append("\\$");
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
