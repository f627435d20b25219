package dev.weft.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Kubernetes says about the pod: its namespace, its labels (where the downward API puts them), its address. */
final class Platform {
    private static final String ACCOUNT = "var/run/secrets/kubernetes.io/serviceaccount/namespace";
    private static final List<String> LABELS = List.of("etc/podinfo/labels", "etc/istio/pod/labels");

    private Platform() {}

    static Layer facts(Outside outside) {
        Map<String, Layer.Value> facts = new LinkedHashMap<>();
        Path account = outside.root().resolve(ACCOUNT);
        if (Files.isRegularFile(account)) {
            Layers.put(facts, "namespace", content(account), account.toString());
            // In a pod the host's name is the pod's, and unique.
            Layers.put(facts, "instance", outside.variables().getOrDefault("HOSTNAME", ""), "HOSTNAME");
        }
        for (String place : LABELS) {
            Path file = outside.root().resolve(place);
            if (Files.isRegularFile(file)) {
                labels(facts, file);
                break;
            }
        }
        for (String name : List.of("INSTANCE_IP", "POD_IP")) {
            Layers.put(facts, "address", outside.variables().getOrDefault(name, ""), name);
        }
        return new Layer(facts, List.of());
    }

    /** Lines of {@code name="value"}. */
    private static void labels(Map<String, Layer.Value> facts, Path file) {
        for (String line : content(file).split("\n")) {
            int equals = line.indexOf('=');
            if (equals <= 0) {
                continue;
            }
            String name = line.substring(0, equals).strip();
            String value = line.substring(equals + 1).strip();
            if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
                value = value.substring(1, value.length() - 1);
            }
            Layers.put(facts, "labels." + name, value, file.toString());
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            // A fact that cannot be read is a fact that is not there; what depends on it says so.
            return "";
        }
    }
}
