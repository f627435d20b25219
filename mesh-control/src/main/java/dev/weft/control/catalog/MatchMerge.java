package dev.weft.control.catalog;

import dev.weft.control.istio.HttpMatch;
import dev.weft.control.istio.StringMatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins the conditions of a root with those of its delegate, which must be stricter. */
final class MatchMerge {
    private MatchMerge() {}

    /** All allowed combinations, or null if some block of the delegate fits no block of the root. */
    static @Nullable List<HttpMatch> merge(List<HttpMatch> root, List<HttpMatch> leaf) {
        if (root.isEmpty() || leaf.isEmpty()) {
            return root.isEmpty() ? leaf : root;
        }
        List<HttpMatch> merged = new ArrayList<>();
        for (HttpMatch inner : leaf) {
            int before = merged.size();
            for (HttpMatch outer : root) {
                if (fits(outer, inner)) {
                    merged.add(join(outer, inner));
                }
            }
            if (merged.size() == before) {
                return null;
            }
        }
        return merged;
    }

    private static boolean fits(HttpMatch root, HttpMatch leaf) {
        return stricter(root.uri(), leaf.uri())
                && stricter(root.scheme(), leaf.scheme())
                && stricter(root.method(), leaf.method())
                && stricter(root.authority(), leaf.authority())
                && stricter(root.headers(), leaf.headers())
                && stricter(root.withoutHeaders(), leaf.withoutHeaders())
                && stricter(root.queryParams(), leaf.queryParams())
                && root.ignoreUriCase() == leaf.ignoreUriCase()
                && agree(root.port(), leaf.port())
                && (root.sourceNamespace() == null
                        || leaf.sourceNamespace() == null
                        || root.sourceNamespace().equals(leaf.sourceNamespace()))
                && leaf.sourceLabels().entrySet().stream()
                        .allMatch(label -> label.getValue()
                                .equals(root.sourceLabels().getOrDefault(label.getKey(), label.getValue())))
                && (root.gateways().isEmpty() || new HashSet<>(root.gateways()).containsAll(leaf.gateways()));
    }

    private static boolean agree(@Nullable Integer root, @Nullable Integer leaf) {
        return root == null || leaf == null || root == 0 || leaf == 0 || root.equals(leaf);
    }

    private static boolean stricter(Map<String, StringMatch> root, Map<String, StringMatch> leaf) {
        return leaf.entrySet().stream().allMatch(entry -> stricter(root.get(entry.getKey()), entry.getValue()));
    }

    /** Whether all that {@code leaf} matches is matched by {@code root}, as far as that can be told. */
    private static boolean stricter(@Nullable StringMatch root, @Nullable StringMatch leaf) {
        if (root == null || leaf == null || root.isPresence()) {
            return true;
        }
        if (root.regex() != null || leaf.regex() != null) {
            return false;
        }
        if (root.exact() != null) {
            return root.exact().equals(leaf.exact());
        }
        String prefix = root.prefix() == null ? "" : root.prefix();
        String text = leaf.prefix() != null ? leaf.prefix() : leaf.exact();
        return text != null && text.startsWith(prefix);
    }

    private static HttpMatch join(HttpMatch root, HttpMatch leaf) {
        return new HttpMatch(
                leaf.name() == null ? root.name() : leaf.name(),
                or(leaf.uri(), root.uri()),
                leaf.ignoreUriCase(),
                or(leaf.scheme(), root.scheme()),
                or(leaf.method(), root.method()),
                or(leaf.authority(), root.authority()),
                union(root.headers(), leaf.headers()),
                union(root.withoutHeaders(), leaf.withoutHeaders()),
                union(root.queryParams(), leaf.queryParams()),
                leaf.port() == null || leaf.port() == 0 ? root.port() : leaf.port(),
                union(root.sourceLabels(), leaf.sourceLabels()),
                leaf.sourceNamespace() == null ? root.sourceNamespace() : leaf.sourceNamespace(),
                leaf.gateways().isEmpty() ? root.gateways() : leaf.gateways(),
                leaf.statPrefix() == null ? root.statPrefix() : leaf.statPrefix(),
                leaf.line());
    }

    private static @Nullable StringMatch or(@Nullable StringMatch first, @Nullable StringMatch second) {
        return first == null ? second : first;
    }

    private static <V> Map<String, V> union(Map<String, V> root, Map<String, V> leaf) {
        Map<String, V> all = new LinkedHashMap<>(root);
        all.putAll(leaf);
        return all;
    }
}
