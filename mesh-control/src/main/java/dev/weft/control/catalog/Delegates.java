package dev.weft.control.catalog;

import dev.weft.control.istio.HeaderChanges;
import dev.weft.control.istio.HttpMatch;
import dev.weft.control.istio.HttpRoute;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Resource;
import dev.weft.control.istio.VirtualService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the rules of delegates where a root VirtualService hands over to them. */
final class Delegates {
    private final Map<String, Resource<VirtualService>> byName = new HashMap<>();
    private final MeshConfig mesh;

    Delegates(List<Resource<VirtualService>> all, MeshConfig mesh) {
        this.mesh = mesh;
        for (Resource<VirtualService> candidate : all) {
            if (candidate.spec().hosts().isEmpty()) {
                byName.put(candidate.meta().namespace() + "/" + candidate.meta().name(), candidate);
            }
        }
    }

    /** The routes of a VirtualService. A delegate that is missing, or not visible here, contributes nothing. */
    List<Rule.Entry> routes(Resource<VirtualService> root) {
        List<Rule.Entry> entries = new ArrayList<>();
        List<HttpRoute> http = root.spec().http();
        for (int i = 0; i < http.size(); i++) {
            HttpRoute.Delegate delegate = http.get(i).delegate();
            if (delegate == null) {
                entries.add(new Rule.Entry(http.get(i), root.meta(), i));
                continue;
            }
            Resource<VirtualService> found = find(delegate, root.meta().namespace());
            if (found != null) {
                addMerged(
                        entries,
                        http.get(i),
                        new Rule.Author(root.meta(), i, http.get(i).line()),
                        found);
            }
        }
        return entries;
    }

    private @Nullable Resource<VirtualService> find(HttpRoute.Delegate delegate, String rootNamespace) {
        String namespace =
                delegate.namespace() == null || delegate.namespace().isEmpty() ? rootNamespace : delegate.namespace();
        Resource<VirtualService> found = byName.get(namespace + "/" + delegate.name());
        return found != null
                        && ExportTo.of(namespace, found.spec().exportTo(), mesh.defaultVirtualServiceExportTo())
                                .includes(rootNamespace)
                ? found
                : null;
    }

    private static void addMerged(
            List<Rule.Entry> entries, HttpRoute root, Rule.Author author, Resource<VirtualService> delegate) {
        List<HttpRoute> http = delegate.spec().http();
        for (int i = 0; i < http.size(); i++) {
            HttpRoute leaf = http.get(i);
            // A delegate of a delegate is not followed.
            List<HttpMatch> matches = leaf.delegate() == null ? MatchMerge.merge(root.match(), leaf.match()) : null;
            if (matches != null) {
                entries.add(new Rule.Entry(
                        inherit(root, leaf, matches),
                        delegate.meta(),
                        i,
                        leaf.timeout() == null ? author : null,
                        leaf.retries() == null ? author : null));
            }
        }
    }

    private static HttpRoute inherit(HttpRoute root, HttpRoute leaf, List<HttpMatch> matches) {
        boolean mirrors = leaf.mirror() != null || !leaf.mirrors().isEmpty();
        return new HttpRoute(
                name(root.name(), leaf.name()),
                matches,
                leaf.route(),
                leaf.redirect(),
                leaf.directResponse(),
                null,
                leaf.rewrite() == null && leaf.directResponse() == null ? root.rewrite() : leaf.rewrite(),
                leaf.timeout() == null ? root.timeout() : leaf.timeout(),
                leaf.retries() == null ? root.retries() : leaf.retries(),
                leaf.fault() == null ? root.fault() : leaf.fault(),
                mirrors ? leaf.mirror() : root.mirror(),
                mirrors ? leaf.mirrorPercentage() : root.mirrorPercentage(),
                mirrors ? leaf.mirrors() : root.mirrors(),
                leaf.cors() == null ? root.cors() : leaf.cors(),
                leaf.headers().equals(HeaderChanges.NONE) ? root.headers() : leaf.headers(),
                leaf.line());
    }

    private static @Nullable String name(@Nullable String root, @Nullable String leaf) {
        return root == null ? leaf : leaf == null ? root : root + "-" + leaf;
    }
}
