package dev.weft.control.cli;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import dev.weft.control.ads.ResourceType;
import dev.weft.proto.envoy.service.status.v3.ClientConfig;
import dev.weft.proto.envoy.service.status.v3.ClientConfig.GenericXdsConfig;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One connected client, as the control plane tells of it.
 *
 * @param name what people call it
 * @param id its xDS node id
 * @param service its service; empty for clients that have none
 * @param namespace where it lives; may be empty
 * @param version the label; may be empty
 * @param client which software, {@code weft 0.1}
 * @param kind WEFT, GRPC or ENVOY
 * @param protocol DELTA or SOTW
 * @param connectedAt since when, or null if the server does not say
 * @param registered health it registered with; empty if it did not register
 * @param identity SPIFFE identity that it proved; empty if it proved none
 * @param credential by which, {@code certificate} or {@code jwt}; empty if it proved none
 * @param identityExpires when that ends, or null
 * @param ports what its servers take, by service port: plaintext, mutual-tls or both
 * @param types by short name, in the order of pushes
 * @param refusals resources that it refused
 */
record ProxyStatus(
        String name,
        String id,
        String service,
        String namespace,
        String version,
        String client,
        String kind,
        String protocol,
        @Nullable Instant connectedAt,
        String registered,
        String identity,
        String credential,
        @Nullable Instant identityExpires,
        Map<Integer, String> ports,
        Map<String, Type> types,
        List<Refusal> refusals) {

    /**
     * How a type of resources stands.
     *
     * @param status ACK, NACK, or SENT while an answer is missing
     * @param version that was accepted last; may be empty
     * @param acceptedAt when, or null if never
     */
    record Type(String status, String version, @Nullable Instant acceptedAt) {}

    /**
     * A refused resource.
     *
     * @param type short name of the type
     * @param resource its name
     * @param message the client's words
     * @param at when
     */
    record Refusal(
            String type,
            String resource,
            String message,
            @Nullable Instant at) {}

    static ProxyStatus of(ClientConfig config) {
        Struct metadata = config.getNode().getMetadata();
        Struct about = struct(metadata, "dev.weft");
        String cluster = config.getNode().getCluster();
        int dot = cluster.lastIndexOf('.');
        Map<String, Type> types = new LinkedHashMap<>();
        List<Refusal> refusals = new ArrayList<>();
        for (GenericXdsConfig entry : config.getGenericXdsConfigsList()) {
            ResourceType known = ResourceType.of(entry.getTypeUrl());
            String type = known == null ? entry.getTypeUrl() : known.shortName();
            if (entry.getName().isEmpty()) {
                types.put(type, new Type(word(entry), entry.getVersionInfo(), instant(entry.getLastUpdated())));
            } else if (entry.hasErrorState()) {
                refusals.add(new Refusal(
                        type,
                        entry.getName(),
                        entry.getErrorState().getDetails(),
                        instant(entry.getErrorState().getLastUpdateAttempt())));
            }
        }
        String name = text(about, "name");
        return new ProxyStatus(
                name.isEmpty() ? config.getNode().getId() : name,
                config.getNode().getId(),
                dot > 0 ? cluster.substring(0, dot) : cluster,
                dot > 0 ? cluster.substring(dot + 1) : text(metadata, "NAMESPACE"),
                text(struct(metadata, "LABELS"), "version"),
                text(about, "client"),
                text(about, "kind"),
                text(about, "protocol"),
                time(text(about, "connectedAt")),
                text(about, "registered"),
                text(about, "identity"),
                text(about, "credential"),
                time(text(about, "expires")),
                ports(struct(metadata, "WEFT")),
                types,
                refusals);
    }

    private static Map<Integer, String> ports(Struct weft) {
        Map<Integer, String> ports = new TreeMap<>();
        for (Value value : weft.getFieldsOrDefault("ports", Value.getDefaultInstance())
                .getListValue()
                .getValuesList()) {
            Struct port = value.getStructValue();
            Value number = port.getFieldsOrDefault("servicePort", Value.getDefaultInstance());
            String takes = switch (text(port, "tls")) {
                case "mutual" -> "mutual-tls";
                case "both" -> "both";
                default -> "plaintext";
            };
            // Two bound ports of one service port: one for each kind of caller.
            ports.merge((int) number.getNumberValue(), takes, (one, other) -> one.equals(other) ? one : "both");
        }
        return ports;
    }

    private static String word(GenericXdsConfig entry) {
        return switch (entry.getClientStatus()) {
            case ACKED -> "ACK";
            case NACKED -> "NACK";
            default -> "SENT";
        };
    }

    private static String text(Struct struct, String key) {
        return struct.getFieldsOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }

    private static Struct struct(Struct struct, String key) {
        return struct.getFieldsOrDefault(key, Value.getDefaultInstance()).getStructValue();
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : instant(Timestamps.parse(text));
        } catch (ParseException e) {
            return null;
        }
    }

    private static @Nullable Instant instant(Timestamp time) {
        return time.getSeconds() == 0 ? null : Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
