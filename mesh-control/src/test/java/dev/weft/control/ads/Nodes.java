package dev.weft.control.ads;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.proto.envoy.config.core.v3.Locality;
import dev.weft.proto.envoy.config.core.v3.Node;
import java.util.Map;

/** Nodes as clients send them. */
public final class Nodes {
    private Nodes() {}

    /** A Weft instance with one HTTP port 9080. */
    public static Node weft(String instance, String namespace, String service, long epoch, int boundPort) {
        Struct port = Struct.newBuilder()
                .putFields("name", text("http"))
                .putFields("protocol", text("HTTP"))
                .putFields("servicePort", number(9080))
                .putFields("address", text("127.0.0.1"))
                .putFields("boundPort", number(boundPort))
                .build();
        Struct weft = Struct.newBuilder()
                .putFields("instance", text(instance))
                .putFields("epoch", text(Long.toString(epoch)))
                .putFields("service", text(service))
                .putFields(
                        "ports",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder()
                                        .addValues(Value.newBuilder().setStructValue(port)))
                                .build())
                .build();
        Struct labels = Struct.newBuilder()
                .putAllFields(Map.of("app", text(service), "version", text("v1")))
                .build();
        return Node.newBuilder()
                .setId("sidecar~127.0.0.1~" + instance + "." + namespace + "~" + namespace + ".svc.cluster.local")
                .setCluster(service + "." + namespace)
                .setUserAgentName("weft")
                .setUserAgentVersion("0.1")
                .setLocality(Locality.newBuilder().setRegion("local").setZone("a"))
                .setMetadata(Struct.newBuilder()
                        .putFields("NAMESPACE", text(namespace))
                        .putFields("SERVICE_ACCOUNT", text(service))
                        .putFields(
                                "LABELS",
                                Value.newBuilder().setStructValue(labels).build())
                        .putFields(
                                "WEFT", Value.newBuilder().setStructValue(weft).build()))
                .build();
    }

    /** An instance with so many ports at that address. */
    static Node at(String address, int ports) {
        Node node = weft("reviews-1", "shop", "reviews", 1, 40_001);
        Struct weft = node.getMetadata().getFieldsOrThrow("WEFT").getStructValue();
        Struct port = weft.getFieldsOrThrow("ports").getListValue().getValues(0).getStructValue().toBuilder()
                .putFields("address", text(address))
                .build();
        ListValue.Builder list = ListValue.newBuilder();
        for (int i = 0; i < ports; i++) {
            list.addValues(
                    Value.newBuilder().setStructValue(port.toBuilder().putFields("servicePort", number(9080 + i))));
        }
        Value changed = Value.newBuilder()
                .setStructValue(weft.toBuilder()
                        .putFields(
                                "ports", Value.newBuilder().setListValue(list).build()))
                .build();
        return node.toBuilder()
                .setMetadata(node.getMetadata().toBuilder().putFields("WEFT", changed))
                .build();
    }

    /** The same node with another word in its metadata. */
    public static Node saying(Node node, String key, String value) {
        return node.toBuilder()
                .setMetadata(node.getMetadata().toBuilder().putFields(key, text(value)))
                .build();
    }

    /** The same node without a word of its metadata. */
    public static Node without(Node node, String key) {
        return node.toBuilder()
                .setMetadata(node.getMetadata().toBuilder().removeFields(key))
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }
}
