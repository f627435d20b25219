package dev.weft.settings;

import dev.weft.credential.CertificateFiles;
import dev.weft.credential.Credential;
import dev.weft.credential.CredentialException;
import dev.weft.credential.JoinTokenFile;
import dev.weft.credential.JwtFile;
import dev.weft.credential.LocalTokenFile;
import dev.weft.credential.TrustChoice;
import dev.weft.identity.Subject;
import dev.weft.runtime.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credential: what was said, else what Istio mounts into a pod, else what the control plane of a laptop left. What was said
 * and cannot be used is a problem, and never a reason to go on without.
 */
final class TrustReader {
    private static final Set<Setting> CREDENTIALS =
            EnumSet.of(Setting.JOIN_TOKEN_FILE, Setting.JWT_FILE, Setting.CERT_FILE, Setting.KEY_FILE);

    private static final String ISTIOD = "istiod.istio-system.svc:15012";
    private static final String OVER_TLS = "localhost:15012";
    private static final String TRUST = "trust";

    private final Map<String, Layer.Value> merged;
    private final List<SettingProblem> problems;
    private final @Nullable Outside outside;
    private final Path home;
    private Path dataDirectory = Path.of("");
    /** The credential was found where Istio's pods have it. */
    private boolean inIstiosPod;

    TrustReader(Map<String, Layer.Value> merged, List<SettingProblem> problems, @Nullable Outside outside, Path home) {
        this.merged = merged;
        this.problems = problems;
        this.outside = outside;
        this.home = home;
    }

    /** The layers, but only the strongest that names a credential does; otherwise a token of one and a JWT of another would meet. */
    static List<Layer> strongest(List<Layer> layers) {
        List<Layer> kept = new ArrayList<>();
        boolean decided = false;
        for (Layer layer : layers) {
            Layer.Value mode = layer.values().get(Setting.TRUST_MODE.key());
            boolean none = mode != null && mode.text().equals("none");
            boolean names = none
                    || CREDENTIALS.stream().anyMatch(setting -> layer.values().containsKey(setting.key()));
            kept.add(decided && names ? without(layer, none) : layer);
            decided |= names;
        }
        return kept;
    }

    private static Layer without(Layer layer, boolean none) {
        Layer rest = new Layer(layer.values(), layer.problems());
        CREDENTIALS.forEach(setting -> rest.values().remove(setting.key()));
        if (none) {
            rest.values().remove(Setting.TRUST_MODE.key());
        }
        return rest;
    }

    /**
     * Decides.
     *
     * @param servers that have to be trusted; none if configuration comes from elsewhere
     * @param dataDirectory where an earlier process of this namespace noted what a restart needs
     */
    TrustChoice choose(
            TrustChoice.@Nullable Given given,
            List<String> servers,
            String namespace,
            String serviceAccount,
            Path dataDirectory) {
        this.dataDirectory = dataDirectory;
        TrustChoice choice = given != null ? given : said(servers, namespace, serviceAccount);
        Subject subject = choice.subject();
        if (subject != null) {
            agree(Setting.NAMESPACE, subject.namespace(), choice);
            agree(Setting.SERVICE_ACCOUNT, subject.serviceAccount(), choice);
        }
        return choice;
    }

    private void agree(Setting setting, String certified, TrustChoice choice) {
        Layer.Value value = merged.get(setting.key());
        if (value != null && !value.text().equals(certified)) {
            problems.add(new SettingProblem(
                    setting.spoken(),
                    "`" + value.text() + "`, from " + value.origin() + ", but the credential says `" + certified + "` ("
                            + name(choice) + ")",
                    "the credential decides: leave " + setting.spoken() + " out, or get a credential for that one"));
        }
    }

    private static String name(TrustChoice choice) {
        if (choice instanceof TrustChoice.Certified certified) {
            return certified.credential().toString();
        }
        return choice instanceof TrustChoice.Files files ? files.files().toString() : "the given identity";
    }

    private TrustChoice said(List<String> servers, String namespace, String serviceAccount) {
        boolean none = text(Setting.TRUST_MODE).equals("none");
        List<Setting> named = new ArrayList<>(CREDENTIALS);
        named.removeIf(setting -> !merged.containsKey(setting.key()));
        if (named.contains(Setting.CERT_FILE)) {
            named.remove(Setting.KEY_FILE);
        }
        if (none) {
            named.add(Setting.TRUST_MODE);
        }
        if (named.size() > 1) {
            problems.add(new SettingProblem(
                    TRUST,
                    "said several times: "
                            + String.join(", ", named.stream().map(this::origin).toList()),
                    "a process has one credential, or none: leave the others out"));
            return new TrustChoice.Plaintext(false, "");
        }
        if (none) {
            return new TrustChoice.Plaintext(true, "");
        }
        try {
            if (named.contains(Setting.JOIN_TOKEN_FILE)) {
                return new TrustChoice.Certified(JoinTokenFile.of(Path.of(text(Setting.JOIN_TOKEN_FILE))));
            }
            if (named.contains(Setting.JWT_FILE)) {
                return new TrustChoice.Certified(JwtFile.of(Path.of(text(Setting.JWT_FILE)), roots()));
            }
            if (!named.isEmpty()) {
                return files();
            }
        } catch (CredentialException e) {
            problems.add(new SettingProblem(
                    named.get(0).spoken(), e.getMessage() + ", from " + origin(named.get(0)), e.remedy()));
            return new TrustChoice.Plaintext(false, "");
        }
        return servers.isEmpty() ? new TrustChoice.Plaintext(false, "") : found(servers, namespace, serviceAccount);
    }

    private TrustChoice files() throws CredentialException {
        for (Setting setting : List.of(Setting.CERT_FILE, Setting.KEY_FILE, Setting.CA_FILE)) {
            if (!merged.containsKey(setting.key())) {
                problems.add(new SettingProblem(
                        setting.spoken(), "not set", "a certificate has cert-file, key-file and ca-file"));
                return new TrustChoice.Plaintext(false, "");
            }
        }
        CertificateFiles files = new CertificateFiles(
                Path.of(text(Setting.CERT_FILE)), Path.of(text(Setting.KEY_FILE)), Path.of(text(Setting.CA_FILE)));
        return new TrustChoice.Files(files, subject(files));
    }

    /** Only of an identity of Istio's form is it said who that is. */
    private static @Nullable Subject subject(CertificateFiles files) throws CredentialException {
        var id = files.read(Ticker.system()).svid().id();
        return id.namespace() == null ? null : Subject.of(id);
    }

    private Path roots() {
        return merged.containsKey(Setting.CA_FILE.key())
                ? Path.of(text(Setting.CA_FILE))
                : root().resolve(JwtFile.ISTIO_ROOTS);
    }

    private Path root() {
        return outside == null ? Path.of("/") : outside.root();
    }

    /** What lies where the platform puts it. */
    private TrustChoice found(List<String> servers, String namespace, String serviceAccount) {
        Path token = root().resolve(JwtFile.ISTIO_TOKEN);
        try {
            if (outside != null && Files.exists(token)) {
                Credential jwt = JwtFile.of(token, roots());
                inIstiosPod = true;
                return new TrustChoice.Certified(jwt);
            }
        } catch (CredentialException e) {
            problems.add(new SettingProblem(TRUST, e.getMessage(), e.remedy()));
            return new TrustChoice.Plaintext(false, "");
        }
        for (String server : servers) {
            if (Words.isHostAndPort(server) && !Words.isLoopback(server)) {
                problems.add(
                        new SettingProblem(
                                TRUST,
                                "no credential for " + server + " (not loopback)",
                                "`meshctl token create --identity " + namespace + "/"
                                        + (serviceAccount.isEmpty() ? "<service account>" : serviceAccount)
                                        + "`, then MESH_JOIN_TOKEN_FILE=...; Trust.none() or MESH_TRUST_MODE=none speaks plaintext"));
                return new TrustChoice.Plaintext(false, "");
            }
        }
        return local(servers, namespace, serviceAccount);
    }

    private TrustChoice local(List<String> servers, String namespace, String serviceAccount) {
        boolean named = merged.containsKey(Setting.LOCAL_TOKEN_FILE.key());
        if (outside == null && !named) {
            return new TrustChoice.Plaintext(false, "nothing outside of the program is looked at");
        }
        Path file = named ? Path.of(text(Setting.LOCAL_TOKEN_FILE)) : home.resolve(".weft/token");
        try {
            LocalTokenFile noted = text(Setting.TRUST_CACHE).equals("true")
                    ? LocalTokenFile.remembered(dataDirectory, file, namespace, serviceAccount)
                    : null;
            LocalTokenFile token = noted == null ? LocalTokenFile.of(file, namespace, serviceAccount) : noted;
            for (String server : servers) {
                Integer port = Words.port(server.substring(server.lastIndexOf(':') + 1));
                if (port == null || !token.isOf(port)) {
                    return unusable(
                            named, token + " is of another control plane than " + server, "name the file of this one");
                }
            }
            return new TrustChoice.Certified(token);
        } catch (CredentialException e) {
            return unusable(named, e.getMessage(), e.remedy());
        }
    }

    /** Whoever names a file wants it to be used; what merely lies where it usually does is passed over. */
    private TrustChoice unusable(boolean named, String why, String remedy) {
        if (named) {
            problems.add(new SettingProblem(
                    Setting.LOCAL_TOKEN_FILE.spoken(), why + ", from " + origin(Setting.LOCAL_TOKEN_FILE), remedy));
        }
        return new TrustChoice.Plaintext(false, why);
    }

    /** Where the control planes are by this choice: a credential goes to a port that takes TLS. */
    List<String> dialled(TrustChoice trust, List<String> servers) {
        if (trust instanceof TrustChoice.Certified certified
                && certified.credential() instanceof LocalTokenFile token) {
            return servers.stream()
                    .map(server -> server.substring(0, server.lastIndexOf(':') + 1) + token.tlsPort())
                    .distinct()
                    .toList();
        }
        if (trust instanceof TrustChoice.Plaintext || merged.containsKey(Setting.CONTROL_PLANE.key())) {
            return servers;
        }
        return List.of(inIstiosPod ? ISTIOD : OVER_TLS);
    }

    private String text(Setting setting) {
        Layer.Value value = merged.get(setting.key());
        return value == null ? setting.standard() : value.text();
    }

    private String origin(Setting setting) {
        Layer.Value value = merged.get(setting.key());
        return value == null ? setting.spoken() : value.origin();
    }
}
