package dev.weft.control.ads;

import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.TextFormat;
import com.google.protobuf.Value;
import dev.weft.config.Locality;
import dev.weft.control.registry.Registration;
import dev.weft.identity.SpiffeId;
import dev.weft.proto.envoy.config.core.v3.Node;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a node of xDS into what the control plane wants to know of a client. */
final class NodeReader {
    /** Kept for each stream, and what registers for each instance, also on disk. Istio's proxies say some 20 KB. */
    private static final int MAX_BYTES = 128 << 10;

    private NodeReader() {}

    /**
     * Reads a node.
     *
     * @param proven the client's identity; what the node leaves unsaid is taken from it, what it says must agree. Null where nobody
     *     proves anything
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT, naming field, value and expectation; PERMISSION_DENIED, naming both, if
     *     the node speaks for another identity
     */
    static ClientNode read(Node node, @Nullable SpiffeId proven) {
        if (node.getSerializedSize() > MAX_BYTES) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("node has " + node.getSerializedSize() + " bytes, expected at most " + MAX_BYTES)
                    .asRuntimeException();
        }
        Struct metadata = node.getMetadata();
        Locality locality = new Locality(
                node.getLocality().getRegion(),
                node.getLocality().getZone(),
                node.getLocality().getSubZone());
        String namespace = agreed("NAMESPACE", namespace(node), proven, SpiffeId::namespace, "default");
        String serviceAccount =
                agreed("SERVICE_ACCOUNT", string(metadata, "SERVICE_ACCOUNT"), proven, SpiffeId::serviceAccount, "");
        Map<String, String> labels = labels(metadata);
        Registration registration =
                RegistrationReader.read(metadata, namespace, serviceAccount, proven != null, labels, locality);
        return new ClientNode(
                node.getId(),
                kind(node),
                version(node),
                node.getCluster(),
                namespace,
                serviceAccount,
                labels,
                locality,
                registration,
                metadata,
                proven);
    }

    private static String agreed(
            String field,
            String said,
            @Nullable SpiffeId proven,
            Function<SpiffeId, @Nullable String> part,
            String otherwise) {
        if (proven == null) {
            return said.isEmpty() ? otherwise : said;
        }
        String is = part.apply(proven);
        if (is == null || !said.isEmpty() && !said.equals(is)) {
            throw Status.PERMISSION_DENIED
                    .withDescription("node.metadata." + field + " is \"" + said + "\", but the client is " + proven
                            + "; expected its own, or none")
                    .asRuntimeException();
        }
        return is;
    }

    private static ClientNode.Kind kind(Node node) {
        String agent = node.getUserAgentName();
        if (agent.equals("weft")) {
            return ClientNode.Kind.WEFT;
        }
        boolean grpc = agent.toLowerCase(Locale.ROOT).startsWith("grpc")
                || string(node.getMetadata(), "GENERATOR").equals("grpc");
        return grpc ? ClientNode.Kind.GRPC : ClientNode.Kind.ENVOY;
    }

    private static String version(Node node) {
        String version = node.getUserAgentVersion();
        if (node.hasUserAgentBuildVersion()) {
            var number = node.getUserAgentBuildVersion().getVersion();
            version = number.getMajorNumber() + "." + number.getMinorNumber() + "." + number.getPatch();
        }
        return (node.getUserAgentName() + " " + version).strip();
    }

    /** Metadata, else Istio's form of node id ({@code type~address~name.namespace~domain}), else empty. */
    private static String namespace(Node node) {
        String said = string(node.getMetadata(), "NAMESPACE");
        if (!said.isEmpty()) {
            return said;
        }
        String[] parts = node.getId().split("~", -1);
        int dot = parts.length == 4 ? parts[2].lastIndexOf('.') : -1;
        return dot > 0 && dot < parts[2].length() - 1 ? parts[2].substring(dot + 1) : "";
    }

    private static Map<String, String> labels(Struct metadata) {
        Map<String, String> labels = new HashMap<>();
        Value value = metadata.getFieldsOrDefault("LABELS", Value.getDefaultInstance());
        value.getStructValue().getFieldsMap().forEach((key, label) -> {
            if (!label.hasStringValue()) {
                throw invalid("LABELS." + key, label, "a string");
            }
            labels.put(key, label.getStringValue());
        });
        return labels;
    }

    /** A string of the metadata; empty if it is missing. */
    static String string(Struct struct, String key) {
        return struct.getFieldsOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }

    static RuntimeException invalid(String field, Object value, String expectation) {
        return Status.INVALID_ARGUMENT
                .withDescription("node.metadata." + field + " is " + shown(value) + ", expected " + expectation)
                .asRuntimeException();
    }

    private static String shown(Object value) {
        if (value instanceof Value json && json.hasStringValue()) {
            return '"' + json.getStringValue() + '"';
        }
        if (value instanceof Value json && json.hasNumberValue()) {
            double number = json.getNumberValue();
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }
        String text = value instanceof Message message
                ? TextFormat.printer().emittingSingleLine(true).printToString(message)
                : value.toString();
        return text.isBlank() ? "empty" : text.strip();
    }
}
