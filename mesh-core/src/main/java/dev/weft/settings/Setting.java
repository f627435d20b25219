package dev.weft.settings;

import java.util.Locale;
import java.util.Optional;

/** Every setting that a mesh reads; the table in {@code docs/configuration.md} shows the same. */
public enum Setting {
    SERVICE("service", Shape.TEXT, "", "who we are to routing and metrics; required"),
    CONTROL_PLANE(
            "control-plane",
            Shape.LIST,
            "localhost:15010",
            "control planes, host:port each; the first that answers is used, and the first of all is returned to"),
    NAMESPACE("namespace", Shape.TEXT, "default", "short host names are resolved in it"),
    SERVICE_ACCOUNT("service-account", Shape.TEXT, "", "account in our identity; the service's name if not set"),
    VERSION("version", Shape.TEXT, "", "label version: subsets select by it, metrics report it"),
    LABELS("labels", Shape.MAP, "", "labels of this instance; app is the service's name if not set"),
    LOCALITY("locality", Shape.TEXT, "", "region/zone/subzone, the later parts optional; for failover"),
    PORTS(
            "ports",
            Shape.MAP,
            "",
            "service ports by Istio port name (http, grpc-api); the process joins the registry with them"),
    INSTANCE("instance", Shape.TEXT, "", "unique name of this process; the service and eight random digits if not set"),
    ADDRESS("address", Shape.TEXT, "", "IP address at which others reach this process; found out if not set"),
    TRUST_MODE("trust.mode", Shape.TEXT, "auto", "auto, or none: plaintext and no identity"),
    JOIN_TOKEN_FILE("trust.join-token-file", Shape.TEXT, "", "token from meshctl token create, 0600; good once"),
    JWT_FILE(
            "trust.jwt-file",
            Shape.TEXT,
            "",
            "service account token, read anew at each use; in a pod of Istio's /var/run/secrets/tokens/istio-token"),
    CERT_FILE(
            "trust.cert-file",
            Shape.TEXT,
            "",
            "certificate chain that somebody else renews, with key-file and ca-file"),
    KEY_FILE("trust.key-file", Shape.TEXT, "", "key of cert-file, PKCS #8, 0600"),
    CA_FILE(
            "trust.ca-file",
            Shape.TEXT,
            "",
            "roots for jwt-file and cert-file; with a JWT /var/run/secrets/istio/root-cert.pem if not set"),
    LOCAL_TOKEN_FILE(
            "trust.local-token-file",
            Shape.TEXT,
            "",
            "what mesh-control serve leaves for its own user on its own machine; ~/.weft/token if not set"),
    TRUST_CACHE(
            "trust.cache",
            Shape.TEXT,
            "false",
            "true: certificate and key are kept in data-directory, 0600, for a restart while the authority is away"),
    DATA_DIRECTORY(
            "data-directory",
            Shape.TEXT,
            "",
            "where the last good configuration is kept; ~/.local/state/weft/<namespace>/<service> if not set"),
    WHEN_OFFLINE(
            "when-offline",
            Shape.TEXT,
            "serve",
            "serve: a configuration of any age beats none; a duration bounds the age; refuse: never start from disk"),
    WHEN_UNCONFIGURED(
            "when-unconfigured",
            Shape.TEXT,
            "hold 5s",
            "calls without any configuration: hold <duration>, refuse, or pass-through (demands trust.mode none)"),
    DRAIN_TIMEOUT("drain.timeout", Shape.TEXT, "20s", "upper bound of the drain when the mesh is closed"),
    DRAIN_PROPAGATION(
            "drain.propagation", Shape.TEXT, "3s", "upper bound of the wait until clients know that we leave"),
    ACCESS_LOG("access-log.enabled", Shape.TEXT, "false", "a line per call and request to logger dev.weft.access");

    /** What a setting's value looks like. */
    public enum Shape {
        TEXT,
        /** Commas between the entries. */
        LIST,
        /** {@code name=value} with commas between, or one entry per key below this one. */
        MAP
    }

    private final String key;
    private final Shape shape;
    private final String standard;
    private final String meaning;

    Setting(String key, Shape shape, String standard, String meaning) {
        this.key = key;
        this.shape = shape;
        this.standard = standard;
        this.meaning = meaning;
    }

    /** Below {@code mesh.}: {@code control-plane}. */
    public String key() {
        return key;
    }

    /** As the builder and messages spell it: {@code controlPlane}. */
    public String spoken() {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            name.append(c == '-' ? Character.toUpperCase(key.charAt(++i)) : c);
        }
        return name.toString();
    }

    /** As the environment spells it: {@code MESH_CONTROL_PLANE}. A file is its own topic: {@code MESH_JOIN_TOKEN_FILE}. */
    public String variable() {
        return key.endsWith("-file") ? variable(key.substring(key.indexOf('.') + 1)) : variable(key);
    }

    /** Whether the environment means this by that name; the long form of a short one is understood too. */
    boolean isCalled(String variable) {
        return variable.equals(variable()) || variable.equals(variable(key));
    }

    private static String variable(String key) {
        return "MESH_" + key.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The default as one would write it, or empty. */
    public String standard() {
        return standard;
    }

    /** For people. */
    public String meaning() {
        return meaning;
    }

    /** How its value is written. */
    public Shape shape() {
        return shape;
    }

    boolean isMap() {
        return shape == Shape.MAP;
    }

    /** The setting that a key below {@code mesh.} belongs to; keys below a map are its entries. */
    static Optional<Setting> of(String key) {
        for (Setting setting : values()) {
            if (setting.key.equals(key) || (setting.isMap() && key.startsWith(setting.key + "."))) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }
}
