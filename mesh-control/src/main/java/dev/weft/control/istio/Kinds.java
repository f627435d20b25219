package dev.weft.control.istio;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kinds that the data path uses, with their readers, and Istio's API groups. */
final class Kinds {
    private static final Set<String> GROUPS =
            Set.of("networking.istio.io", "security.istio.io", "telemetry.istio.io", "extensions.istio.io");

    private static final Map<String, Function<Fields, ? extends Spec>> READERS = Map.of(
            "VirtualService", VirtualService::read,
            "DestinationRule", DestinationRule::read,
            "ServiceEntry", ServiceEntry::read,
            "WorkloadEntry", WorkloadEntry::read,
            "Sidecar", Sidecar::read,
            "PeerAuthentication", PeerAuthentication::read,
            "RequestAuthentication", RequestAuthentication::read,
            "AuthorizationPolicy", AuthorizationPolicy::read);

    private Kinds() {}

    /** The reader of a kind, or null for kinds that are kept as they are. */
    static @Nullable Function<Fields, ? extends Spec> reader(String kind) {
        return READERS.get(kind);
    }

    /** Whether an apiVersion belongs to one of the groups that steer a mesh. */
    static boolean istioGroup(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash > 0 && GROUPS.contains(apiVersion.substring(0, slash));
    }
}
