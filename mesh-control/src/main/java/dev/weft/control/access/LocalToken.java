package dev.weft.control.access;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.weft.identity.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What lets a developer's services start without anybody handling a token: a file that only its owner may read, so that whoever
 * shows its secret is the user who runs the control plane. Good for any identity of the mesh, from this machine only, as often
 * as wanted, until this process ends: each has a secret of its own.
 */
public final class LocalToken {
    static final String PREFIX = "weft-local1.";
    private static final Gson GSON = new Gson();

    private final Path file;
    private final String secret;

    /**
     * What the file says beside the secret.
     *
     * @param pin of the root to which the control plane's own certificate leads
     * @param trustDomain of the mesh
     * @param plaintextPort of the control plane; 0 if it has none
     * @param tlsPort of the control plane
     * @param expires seconds since the epoch
     */
    public record Facts(String pin, String trustDomain, int plaintextPort, int tlsPort, long expires) {}

    /** A new secret, to be kept in a file. */
    public LocalToken(Path file) {
        this.file = file;
        this.secret = Secrets.secret();
    }

    /** Replaces the file. */
    public void write(Facts facts) throws IOException {
        JsonObject json = GSON.toJsonTree(facts).getAsJsonObject();
        json.addProperty("secret", secret);
        PrivateFiles.write(file, GSON.toJson(json));
    }

    /** Takes the file away, unless another control plane has written its own in the meantime. */
    public void remove() throws IOException {
        if (Files.exists(file) && Files.readString(file).contains(secret)) {
            Files.delete(file);
        }
    }

    /** Where it is kept. */
    public Path file() {
        return file;
    }

    String secret() {
        return secret;
    }

    /** No secret. */
    @Override
    public String toString() {
        return "LocalToken[" + file + "]";
    }
}
