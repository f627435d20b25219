package dev.weft.xds;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.config.Encryption;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.proto.envoy.config.core.v3.Locality;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The node in the form of the wire: what istiod needs to know of a sidecar, and under {@code WEFT} what mesh-control registers. */
final class NodeMessage {
    static final String USER_AGENT = "weft";
    /** istiod's name for the cluster it runs in, where nobody gave it another. */
    private static final String CLUSTER_ID = "Kubernetes";

    private NodeMessage() {}

    /**
     * A node.
     *
     * @param own who the process is by its certificate; null: it speaks plaintext and never has one, so that others do not expect it to
     * @param epoch start time of the process in epoch milliseconds; a later process of the same instance has a greater one
     */
    static dev.weft.proto.envoy.config.core.v3.Node of(
            Node plain, @Nullable IdentitySource own, long epoch, List<AnnouncedPort> ports) {
        Identity identity = own == null ? null : own.current();
        Node node = identity == null ? plain : plain.as(identity.svid().id());
        Struct.Builder labels = Struct.newBuilder();
        node.labels().forEach((key, value) -> labels.putFields(key, text(value)));
        Struct.Builder metadata = Struct.newBuilder()
                .putFields("NAMESPACE", text(node.namespace()))
                .putFields("SERVICE_ACCOUNT", text(node.serviceAccount()))
                .putFields("LABELS", Value.newBuilder().setStructValue(labels).build())
                .putFields("INSTANCE_IPS", text(node.ip()))
                .putFields("CLUSTER_ID", text(CLUSTER_ID))
                .putFields("WEFT", weft(node, own != null, epoch, ports));
        return dev.weft.proto.envoy.config.core.v3.Node.newBuilder()
                .setId(node.id())
                .setCluster(node.service() + "." + node.namespace())
                .setUserAgentName(USER_AGENT)
                .setUserAgentVersion(version())
                .setLocality(Locality.newBuilder()
                        .setRegion(node.locality().region())
                        .setZone(node.locality().zone())
                        .setSubZone(node.locality().subZone()))
                .setMetadata(metadata)
                .build();
    }

    private static Value weft(Node node, boolean identified, long epoch, List<AnnouncedPort> ports) {
        ListValue.Builder list = ListValue.newBuilder();
        for (AnnouncedPort port : ports) {
            list.addValues(struct(Map.of(
                    "name", text(port.name()),
                    "protocol", text(port.protocol()),
                    "servicePort", number(port.servicePort()),
                    "address", text(port.address()),
                    "boundPort", number(port.boundPort()),
                    "tls", text(tls(port.encryption())))));
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("instance", text(node.instance()));
        // A double, which is what numbers in metadata are, is for counts; this is an identifier.
        fields.put("epoch", text(Long.toString(epoch)));
        fields.put("service", text(node.service()));
        fields.put("ports", Value.newBuilder().setListValue(list).build());
        if (!identified) {
            fields.put("identity", text("none"));
        }
        return struct(fields);
    }

    private static String tls(Encryption encryption) {
        return switch (encryption) {
            case PLAINTEXT -> "none";
            case MUTUAL_TLS -> "mutual";
            case BOTH -> "both";
        };
    }

    private static String version() {
        String version = NodeMessage.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    private static Value struct(Map<String, Value> fields) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder().putAllFields(fields))
                .build();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Value number(int value) {
        return Value.newBuilder().setNumberValue(value).build();
    }
}
