package dev.weft.route;

import com.google.re2j.Pattern;
import dev.weft.config.PathMatch;

/** A {@link PathMatch} made ready. Judges the normalised path without its query. */
record PathTest(PathMatch match, Pattern[] compiled) {

    static PathTest of(PathMatch match) {
        return new PathTest(
                match,
                match instanceof PathMatch.Regex regex
                        ? new Pattern[] {Pattern.compile(regex.expression())}
                        : new Pattern[0]);
    }

    boolean test(String path) {
        if (match instanceof PathMatch.Prefix prefix) {
            String wanted = prefix.prefix();
            return wanted.length() == 1 && wanted.charAt(0) == '/'
                    || path.regionMatches(!prefix.caseSensitive(), 0, wanted, 0, wanted.length());
        }
        if (match instanceof PathMatch.Exact exact) {
            return exact.caseSensitive() ? path.equals(exact.path()) : path.equalsIgnoreCase(exact.path());
        }
        if (match instanceof PathMatch.SegmentPrefix prefix) {
            String wanted = prefix.prefix();
            return path.regionMatches(!prefix.caseSensitive(), 0, wanted, 0, wanted.length())
                    && (path.length() == wanted.length() || path.charAt(wanted.length()) == '/');
        }
        return compiled[0].matches(path);
    }

    String describe() {
        if (match instanceof PathMatch.Prefix prefix) {
            return "prefix \"" + prefix.prefix() + "\"";
        }
        if (match instanceof PathMatch.Exact exact) {
            return "exact \"" + exact.path() + "\"";
        }
        if (match instanceof PathMatch.SegmentPrefix prefix) {
            return "path prefix \"" + prefix.prefix() + "\"";
        }
        return "regex \"" + ((PathMatch.Regex) match).expression() + "\"";
    }
}
