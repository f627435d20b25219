package dev.weft.settings;

import dev.weft.config.Locality;
import dev.weft.credential.TrustChoice;
import dev.weft.identity.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lays the layers over each other, checks what comes out, and collects everything that is wrong. */
final class SettingsReader {
    private final Map<String, Layer.Value> merged = new LinkedHashMap<>();
    private final List<SettingProblem> problems = new ArrayList<>();
    private final @Nullable Outside outside;

    SettingsReader(Map<String, String> written, @Nullable List<Layer> collected, @Nullable Outside outside) {
        this.outside = outside;
        List<Layer> layers = new ArrayList<>();
        layers.add(Layer.ofBuilder(written));
        if (collected != null) {
            layers.addAll(collected);
        } else if (outside != null) {
            layers.addAll(Layers.of(outside));
        }
        if (outside != null) {
            layers.add(Platform.facts(outside));
        }
        for (Layer layer : TrustReader.strongest(layers)) {
            layer.values().forEach(merged::putIfAbsent);
            problems.addAll(layer.problems());
        }
        Layer.Value app = merged.get("labels.app");
        if (app != null) {
            merged.putIfAbsent(Setting.SERVICE.key(), new Layer.Value(app.text(), "label app, " + app.origin()));
        }
    }

    Settings.Outcome read(Path home, boolean withControlPlane, TrustChoice.@Nullable Given given) {
        String service = dnsLabel(Setting.SERVICE, "set .service(\"reviews\"), MESH_SERVICE or mesh.service");
        String said = dnsLabel(Setting.NAMESPACE, "");
        oneOf(Setting.TRUST_MODE, "auto", "none");
        List<String> servers = controlPlane();
        TrustReader reader = new TrustReader(merged, problems, outside, home);
        TrustChoice trust = reader.choose(
                given,
                withControlPlane ? servers : List.of(),
                said,
                account(service),
                dataDirectory(home, said, service));
        Subject subject = trust.subject();
        String namespace = subject == null ? said : subject.namespace();
        String account = subject == null ? account(service) : subject.serviceAccount();
        List<String> controlPlane = reader.dialled(trust, servers);
        boolean trusting = trust instanceof TrustChoice.Plaintext plaintext && plaintext.said();
        Map<String, String> labels = labels(service);
        Map<String, Integer> ports = ports();
        Locality locality = locality();
        String address = address();
        Duration offline = offline();
        Duration hold = hold(trusting);
        Duration drain = duration(Setting.DRAIN_TIMEOUT);
        Duration propagation = duration(Setting.DRAIN_PROPAGATION);
        boolean cache = oneOf(Setting.TRUST_CACHE, "true", "false").equals("true");
        boolean accessLog = oneOf(Setting.ACCESS_LOG, "true", "false").equals("true");
        if (!problems.isEmpty()) {
            return new Settings.Outcome(null, List.copyOf(problems));
        }
        return new Settings.Outcome(
                new Settings(
                        service,
                        controlPlane,
                        merged.containsKey(Setting.CONTROL_PLANE.key()),
                        namespace,
                        account,
                        labels.getOrDefault("version", ""),
                        labels,
                        ports,
                        locality,
                        text(Setting.INSTANCE),
                        address,
                        trust,
                        cache,
                        dataDirectory(home, namespace, service),
                        offline,
                        hold,
                        drain,
                        propagation,
                        accessLog,
                        Origins.of(merged)),
                List.of());
    }

    private Path dataDirectory(Path home, String namespace, String service) {
        String directory = text(Setting.DATA_DIRECTORY);
        return directory.isEmpty()
                ? home.resolve(".local/state/weft").resolve(namespace).resolve(service)
                : Path.of(directory);
    }

    private String account(String service) {
        String account = text(Setting.SERVICE_ACCOUNT);
        return account.isEmpty() ? service : account;
    }

    private String text(Setting setting) {
        Layer.Value value = merged.get(setting.key());
        return value == null ? setting.standard() : value.text();
    }

    private void refuse(Setting setting, String expectation) {
        Layer.Value value = Objects.requireNonNull(merged.get(setting.key()));
        refuse(setting.spoken(), value, expectation);
    }

    private void refuse(String spoken, Layer.Value value, String expectation) {
        problems.add(new SettingProblem(spoken, "`" + value.text() + "`, from " + value.origin(), expectation));
    }

    private String dnsLabel(Setting setting, String whenMissing) {
        String text = text(setting);
        if (text.isEmpty()) {
            problems.add(new SettingProblem(setting.spoken(), "not set", whenMissing));
        } else if (!Words.isDnsLabel(text)) {
            refuse(setting, "a DNS label was expected: lower-case letters, digits and `-`, at most 63");
        }
        return text;
    }

    private String oneOf(Setting setting, String... words) {
        String text = text(setting);
        for (String word : words) {
            if (word.equals(text)) {
                return text;
            }
        }
        refuse(setting, String.join(" or ", words) + " was expected");
        return text;
    }

    private Duration duration(Setting setting) {
        Duration duration = Words.duration(text(setting));
        if (duration == null) {
            refuse(setting, "a duration was expected, as in 20s or 1m30s");
            return Duration.ZERO;
        }
        return duration;
    }

    private List<String> controlPlane() {
        List<String> servers = new ArrayList<>();
        for (String server : text(Setting.CONTROL_PLANE).split(",")) {
            String trimmed = server.strip();
            if (!Words.isHostAndPort(trimmed)) {
                refuse(Setting.CONTROL_PLANE, "host:port was expected, as in mesh.internal:15012");
            }
            servers.add(trimmed);
        }
        return servers;
    }

    private Map<String, String> labels(String service) {
        Map<String, String> labels = new LinkedHashMap<>();
        entries(Setting.LABELS, (name, value) -> labels.put(name, value.text()));
        labels.putIfAbsent("app", service);
        String version = text(Setting.VERSION);
        if (!version.isEmpty()) {
            labels.put("version", version);
        }
        return labels;
    }

    private Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        entries(Setting.PORTS, (name, value) -> {
            Integer port = Words.port(value.text());
            if (port == null) {
                refuse("ports." + name, value, "a number from 1 to 65535 was expected");
            } else {
                ports.put(name, port);
            }
        });
        return ports;
    }

    private interface Entry {
        void is(String name, Layer.Value value);
    }

    private void entries(Setting map, Entry action) {
        String prefix = map.key() + ".";
        merged.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                String name = key.substring(prefix.length());
                if (name.isEmpty()) {
                    refuse(map.spoken(), value, "name=value was expected, more of them after commas");
                } else {
                    action.is(name, value);
                }
            }
        });
    }

    private Locality locality() {
        String text = text(Setting.LOCALITY);
        if (text.isEmpty()) {
            return Locality.NONE;
        }
        String[] parts = text.split("/", -1);
        if (parts.length > 3 || parts[0].isEmpty()) {
            refuse(Setting.LOCALITY, "region, region/zone or region/zone/subzone was expected");
        }
        return new Locality(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    private String address() {
        String text = text(Setting.ADDRESS);
        if (!text.isEmpty() && !Words.isIp(text)) {
            refuse(Setting.ADDRESS, "an IP address was expected, as in 10.0.0.7");
        }
        return text;
    }

    private @Nullable Duration offline() {
        String text = text(Setting.WHEN_OFFLINE);
        if (text.equals("serve")) {
            return null;
        }
        Duration age = text.equals("refuse") ? Duration.ZERO : Words.duration(text);
        if (age == null || (age.isZero() && !text.equals("refuse"))) {
            refuse(Setting.WHEN_OFFLINE, "serve, refuse or a duration above zero was expected, as in 12h");
            return null;
        }
        return age;
    }

    private @Nullable Duration hold(boolean trusting) {
        String text = text(Setting.WHEN_UNCONFIGURED);
        if (text.equals("pass-through")) {
            if (!trusting) {
                refuse(
                        Setting.WHEN_UNCONFIGURED,
                        "this is plaintext and must be said: add .trust(Trust.none()) or mesh.trust.mode: none");
            }
            return null;
        }
        Duration hold = text.equals("refuse")
                ? Duration.ZERO
                : text.startsWith("hold ") ? Words.duration(text.substring(5).strip()) : null;
        if (hold == null) {
            refuse(Setting.WHEN_UNCONFIGURED, "hold <duration>, refuse or pass-through was expected, as in hold 5s");
            return Duration.ZERO;
        }
        return hold;
    }
}
