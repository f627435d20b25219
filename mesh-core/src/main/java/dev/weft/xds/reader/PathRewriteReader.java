package dev.weft.xds.reader;

import dev.weft.config.Rewrite;
import dev.weft.proto.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import org.jspecify.annotations.Nullable;

/** {@code RegexMatchAndSubstitute} on a path. */
final class PathRewriteReader {
    private static final KnownFields REGEX =
            KnownFields.of(RegexMatchAndSubstitute.getDescriptor()).honours("pattern", "substitution");

    private PathRewriteReader() {}

    static Rewrite.@Nullable PathRewrite regex(RegexMatchAndSubstitute found, Place place) {
        REGEX.check(found, place);
        String expression = Values.regex(found.getPattern(), place.at("pattern"));
        return expression == null ? null : new Rewrite.Regex(expression, found.getSubstitution());
    }
}
