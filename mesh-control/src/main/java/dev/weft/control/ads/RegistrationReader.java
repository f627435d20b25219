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
import io.grpc.netty.shaded.io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a Weft instance says about itself: {@code WEFT} in its node's metadata. */
final class RegistrationReader {
    /** As long as a host name may be. */
    private static final int MAX_NAME = 253;

    /** Each is a listener, a cluster and a route table for every caller; a process has a handful. */
    private static final int MAX_PORTS = 100;

    /** Host names are made of it: with a dot in it, or in other letters, it would be the name of somebody else. */
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

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
        label("WEFT.service", service);
        label("NAMESPACE", namespace);
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

    private static void label(String field, String name) {
        if (!DNS_LABEL.matcher(name).matches()) {
            throw invalid(
                    field,
                    name.isEmpty() ? "empty" : '"' + name + '"',
                    "a DNS label: lower-case letters, digits and -, at most 63");
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
            if (ports.size() == MAX_PORTS) {
                throw invalid(field, "one more", "at most " + MAX_PORTS + " ports");
            }
            try {
                ports.add(new InstancePort(
                        string(port, "name"),
                        string(port, "protocol"),
                        number(port, field, "servicePort"),
                        address(port, field),
                        number(port, field, "boundPort"),
                        encryption(string(port, "tls"), field)));
            } catch (IllegalArgumentException e) {
                throw invalid(field, port, "a port that can be called: " + e.getMessage());
            }
        }
        return ports;
    }

    /** Callers connect to it: by a name or a path they would reach what stands behind that on their own machine. */
    private static String address(Struct port, String field) {
        String text = string(port, "address");
        if (!NetUtil.isValidIpV4Address(text) && !NetUtil.isValidIpV6Address(text)) {
            throw invalid(field + ".address", '"' + text + '"', "an IP address");
        }
        return text;
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
