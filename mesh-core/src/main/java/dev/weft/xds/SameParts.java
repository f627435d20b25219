package dev.weft.xds;

import dev.weft.config.MeshSnapshot;
import java.util.Map;

/** Whether two snapshots consist of the same instances, so that the second would tell nobody anything. */
final class SameParts {
    private SameParts() {}

    static boolean same(MeshSnapshot a, MeshSnapshot b) {
        return a.source() == b.source()
                && a.inbound() == b.inbound()
                && same(a.ports(), b.ports())
                && same(a.clusters(), b.clusters())
                && same(a.endpoints(), b.endpoints());
    }

    private static <K, V> boolean same(Map<K, V> a, Map<K, V> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<K, V> entry : a.entrySet()) {
            if (b.get(entry.getKey()) != entry.getValue()) {
                return false;
            }
        }
        return true;
    }
}
