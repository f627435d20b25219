package dev.weft.control.ads;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.proto.envoy.type.matcher.v3.NodeMatcher;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The node matchers of a client status request: any of them suffices, none means all. */
final class NodeFilter {
    private NodeFilter() {}

    /**
     * A filter.
     *
     * @throws StatusException INVALID_ARGUMENT for what is not understood
     */
    static Predicate<Node> of(List<NodeMatcher> matchers) throws StatusException {
        if (matchers.isEmpty()) {
            return node -> true;
        }
        List<Predicate<String>> ids = new ArrayList<>();
        for (NodeMatcher matcher : matchers) {
            if (matcher.getNodeMetadatasCount() > 0) {
                throw invalid("node_matchers.node_metadatas is set, expected only node_id");
            }
            ids.add(matcher.hasNodeId() ? string(matcher.getNodeId()) : id -> true);
        }
        return node -> ids.stream().anyMatch(id -> id.test(node.getId()));
    }

    private static Predicate<String> string(StringMatcher matcher) throws StatusException {
        boolean fold = matcher.getIgnoreCase();
        switch (matcher.getMatchPatternCase()) {
            case EXACT:
                return id -> fold(id, fold).equals(fold(matcher.getExact(), fold));
            case PREFIX:
                return id -> fold(id, fold).startsWith(fold(matcher.getPrefix(), fold));
            case SUFFIX:
                return id -> fold(id, fold).endsWith(fold(matcher.getSuffix(), fold));
            case CONTAINS:
                return id -> fold(id, fold).contains(fold(matcher.getContains(), fold));
            case SAFE_REGEX:
                try {
                    Pattern pattern = Pattern.compile(matcher.getSafeRegex().getRegex());
                    return id -> pattern.matcher(id).matches();
                } catch (PatternSyntaxException e) {
                    throw invalid("node_matchers.node_id.safe_regex: " + e.getMessage());
                }
            default:
                throw invalid("node_matchers.node_id is " + matcher.getMatchPatternCase()
                        + ", expected exact, prefix, suffix, contains or safe_regex");
        }
    }

    private static String fold(String text, boolean fold) {
        return fold ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static StatusException invalid(String what) {
        return Status.INVALID_ARGUMENT.withDescription(what).asException();
    }
}
