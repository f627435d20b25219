package dev.weft.control.explain;

import com.google.protobuf.Struct;
import dev.weft.config.Locality;
import dev.weft.control.ads.ClientNode;
import java.util.Map;

/**
 * Who makes the request.
 *
 * @param namespace where it lives
 * @param serviceAccount its identity; may be empty
 * @param labels of the workload
 */
public record Asker(String namespace, String serviceAccount, Map<String, String> labels) {
    public Asker {
        labels = Map.copyOf(labels);
    }

    /** Its identity's account: as in Kubernetes, whoever names none is {@code default}. */
    String accountOrDefault() {
        return serviceAccount.isEmpty() ? "default" : serviceAccount;
    }

    /** As which it asks for configuration. */
    public ClientNode node() {
        return new ClientNode(
                "explain",
                ClientNode.Kind.WEFT,
                "",
                serviceAccount + "." + namespace,
                namespace,
                serviceAccount,
                labels,
                Locality.NONE,
                null,
                Struct.getDefaultInstance());
    }
}
