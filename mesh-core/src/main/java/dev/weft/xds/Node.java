package dev.weft.xds;

import dev.weft.config.Locality;
import dev.weft.identity.SpiffeId;
import java.util.Map;

/**
 * Who the process is, as its control plane gets to know it.
 *
 * @param service short name of the service
 * @param namespace where the service lives
 * @param serviceAccount the identity it runs as
 * @param instance unique to this process
 * @param ip address under which others reach it
 * @param labels of the workload, {@code app} and {@code version} among them
 * @param locality where it runs
 */
public record Node(
        String service,
        String namespace,
        String serviceAccount,
        String instance,
        String ip,
        Map<String, String> labels,
        Locality locality) {
    public Node {
        labels = Map.copyOf(labels);
    }

    /** The same, as its certificate names it; one of another form than Istio's says nothing of namespace and account. */
    Node as(SpiffeId id) {
        String certified = id.namespace();
        String account = id.serviceAccount();
        return certified == null || account == null
                ? this
                : new Node(service, certified, account, instance, ip, labels, locality);
    }

    /** The form that istiod takes for a sidecar's: {@code sidecar~ip~instance.namespace~namespace.svc.cluster.local}. */
    String id() {
        return "sidecar~" + ip + "~" + instance + "." + namespace + "~" + namespace + ".svc.cluster.local";
    }
}
