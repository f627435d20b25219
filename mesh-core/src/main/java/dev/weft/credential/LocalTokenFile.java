package dev.weft.credential;

import dev.weft.identity.Anchors;
import dev.weft.identity.PrivateFiles;
import dev.weft.identity.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mesh-control serve} leaves for the processes of its own user on its own machine: good over loopback, for any identity,
 * until that control plane ends. The next one writes another, which is taken up at the next use.
 */
public final class LocalTokenFile implements Credential {
    private static final String WHAT = "local token";
    private static final String PREFIX = "weft-local1.";
    private static final String NOTE = "local-control-plane.json";
    private static final int MAX_BYTES = 4096;
    private static final String REMEDY = "start `mesh-control serve` as the same user; it writes that file";

    private final Path file;
    private final Subject subject;
    private final Place place;

    private LocalTokenFile(Path file, String namespace, String serviceAccount, Place place) throws CredentialException {
        this.file = file;
        this.place = place;
        try {
            this.subject = new Subject(place.trustDomain(), namespace, serviceAccount);
        } catch (IllegalArgumentException e) {
            throw new CredentialException(WHAT + " " + file + " is of no use: " + e.getMessage(), REMEDY);
        }
    }

    /** Fails if there is no token of this user that looks good. */
    public static LocalTokenFile of(Path file, String namespace, String serviceAccount) throws CredentialException {
        return new LocalTokenFile(file, namespace, serviceAccount, read(file).place());
    }

    /**
     * A token that is not there now, of the control plane that {@link #remember} noted: enough for a restart with a kept identity
     * while that control plane is away. Null if nothing was noted, or the file is there.
     */
    public static @Nullable LocalTokenFile remembered(
            Path directory, Path file, String namespace, String serviceAccount) {
        Path note = directory.resolve(NOTE);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) || Files.notExists(note)) {
            return null;
        }
        try {
            return new LocalTokenFile(
                    file,
                    namespace,
                    serviceAccount,
                    Place.of(Json.parse(FileText.read(note, "note", MAX_BYTES, REMEDY))));
        } catch (CredentialException | IllegalArgumentException | ArithmeticException e) {
            // A note that cannot be read is as good as none: the identity is asked for anew.
            return null;
        }
    }

    /** Notes which control plane it is of, and no secret. */
    public void remember(Path directory) throws IOException {
        PrivateFiles.write(
                directory.resolve(NOTE),
                "{\"trustDomain\":\"" + place.trustDomain() + "\",\"plaintextPort\":" + place.plaintextPort()
                        + ",\"tlsPort\":" + place.tlsPort() + "}\n");
    }

    /** Whose it is. */
    private record Place(String trustDomain, int plaintextPort, int tlsPort) {
        static Place of(Json json) {
            return new Place(
                    json.text("trustDomain"),
                    Math.toIntExact(json.number("plaintextPort")),
                    Math.toIntExact(json.number("tlsPort")));
        }
    }

    private record Token(String secret, Anchors.Pin pin, Place place) {
        /** No secret. */
        @Override
        public String toString() {
            return "Token[" + place + "]";
        }
    }

    private static Token read(Path file) throws CredentialException {
        String text = FileText.read(file, WHAT, MAX_BYTES, REMEDY);
        try {
            String problem = PrivateFiles.problem(file);
            if (problem != null) {
                throw new CredentialException(
                        WHAT + " " + file + " is not used: " + problem,
                        "remove it and start `mesh-control serve` again");
            }
            Json token = Json.parse(text);
            Place place = Place.of(token);
            return new Token(token.text("secret"), new Anchors.Pin(place.trustDomain(), token.text("pin")), place);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CredentialException(WHAT + " " + file + " is none: " + e.getMessage(), REMEDY);
        } catch (IOException e) {
            throw new CredentialException(WHAT + " " + file + " cannot be read", REMEDY);
        }
    }

    /** Whether the control plane that wrote it listens at that port, in plaintext or with TLS. */
    public boolean isOf(int port) {
        return port == place.plaintextPort() || port == place.tlsPort();
    }

    /** Where that control plane takes TLS. */
    public int tlsPort() {
        return place.tlsPort();
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public Presented present() throws CredentialException {
        Token token = read(file);
        Place now = token.place();
        if (!now.trustDomain().equals(place.trustDomain()) || now.tlsPort() != place.tlsPort()) {
            throw new CredentialException(
                    WHAT + " " + file + " is another control plane's now: trust domain " + now.trustDomain()
                            + ", TLS port " + now.tlsPort() + "; this process was started for " + place.trustDomain()
                            + " and " + place.tlsPort(),
                    "restart the process");
        }
        String bearer = PREFIX + Json.encode(Map.of("secret", token.secret(), "identity", subject.toString()));
        return new Presented(bearer, token.pin());
    }

    @Override
    public boolean reusable() {
        return true;
    }

    @Override
    public String remedy() {
        return REMEDY;
    }

    @Override
    public String toString() {
        return WHAT + " " + file;
    }
}
