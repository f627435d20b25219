package dev.weft.control.ads;

import static dev.weft.control.ads.NodeReader.invalid;
import static dev.weft.control.ads.NodeReader.string;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.config.Encryption;
import dev.weft.config.Locality;
import dev.weft.config.Printable;
import dev.weft.control.registry.Health;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a Weft instance says about itself: {@code WEFT} in its node's metadata. */
final class RegistrationReader {
    /** As long as a host name may be. */
    private static final int MAX_NAME = 253;

    private RegistrationReader() {}

    /** The registration, or null if the node says nothing of the kind. */
    static @Nullable Registration read(
            Struct metadata,
            String namespace,
            String serviceAccount,
            boolean proven,
            Map<String, String> labels,
            Locality locality) {
        Value said = metadata.getFieldsMap().get("WEFT");
        if (said == null) {
            return null;
        }
        Struct weft = said.getStructValue();
        String instance = string(weft, "instance");
        named("WEFT.instance", instance, "the instance's name");
        String service = string(weft, "service");
        named("WEFT.service", service, "the service's name");
        named("NAMESPACE", namespace, "the namespace's name");
        return new Registration(
                instance,
                epoch(weft),
                namespace,
                service,
                serviceAccount,
                labels,
                locality,
                ports(weft),
                Health.HEALTHY,
                proven);
    }

    /** Names stand in logs, in tables and in the names of resources: no blanks, nothing that steers a terminal. */
    private static void named(String field, String name, String expectation) {
        if (name.isEmpty() || name.length() > MAX_NAME || !Printable.of(name).equals(name) || name.contains(" ")) {
            throw invalid(field, name.isEmpty() ? "empty" : '"' + name + '"', expectation);
        }
    }

    /** A number as a string: JSON numbers lose the last digits of a clock. */
    private static long epoch(Struct weft) {
        String text = string(weft, "epoch");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw invalid("WEFT.epoch", '"' + text + '"', "a whole number as a string");
        }
    }

    private static List<InstancePort> ports(Struct weft) {
        List<InstancePort> ports = new ArrayList<>();
        for (Value value : weft.getFieldsOrDefault("ports", Value.getDefaultInstance())
                .getListValue()
                .getValuesList()) {
            Struct port = value.getStructValue();
            String field = "WEFT.ports[" + ports.size() + "]";
            try {
                ports.add(new InstancePort(
                        string(port, "name"),
                        string(port, "protocol"),
                        number(port, field, "servicePort"),
                        string(port, "address"),
                        number(port, field, "boundPort"),
                        encryption(string(port, "tls"), field)));
            } catch (IllegalArgumentException e) {
                throw invalid(field, port, "a port that can be called: " + e.getMessage());
            }
        }
        return ports;
    }

    private static Encryption encryption(String said, String field) {
        return switch (said) {
            case "", "none" -> Encryption.PLAINTEXT;
            case "mutual" -> Encryption.MUTUAL_TLS;
            case "both" -> Encryption.BOTH;
            default -> throw invalid(field + ".tls", '"' + said + '"', "none, mutual or both");
        };
    }

    private static int number(Struct port, String field, String key) {
        Value value = port.getFieldsOrDefault(key, Value.getDefaultInstance());
        double number = value.hasNumberValue() ? value.getNumberValue() : parse(value.getStringValue());
        if (number != Math.rint(number) || number < 1 || number > 65535) {
            throw invalid(field + "." + key, value, "1 to 65535");
        }
        return (int) number;
    }

    private static double parse(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
