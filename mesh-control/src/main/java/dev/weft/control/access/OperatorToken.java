package dev.weft.control.access;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What lets a person at the command line see and change everything: {@code weft-operator1.} and base64url of JSON. A secret.
 *
 * @param id by which the control plane finds it
 * @param secret 256 random bits, base64url
 * @param pin of the root to which the control plane's own certificate leads
 * @param server where the control plane is, {@code HOST:PORT}
 * @param expires seconds since the epoch; 0 with the control plane's end
 */
public record OperatorToken(String id, String secret, String pin, String server, long expires) {
    static final String PREFIX = "weft-operator1.";
    private static final int MAX_CHARS = 4096;
    private static final Gson GSON = new Gson();

    /** The form to hand over; a secret. */
    public String encoded() {
        return PREFIX
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(GSON.toJson(this).getBytes(StandardCharsets.UTF_8));
    }

    /** Null if the text is no token. */
    public static @Nullable OperatorToken decode(String text) {
        if (!text.startsWith(PREFIX) || text.length() > MAX_CHARS) {
            return null;
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
            Parts parts = GSON.fromJson(new String(json, StandardCharsets.UTF_8), Parts.class);
            return parts == null ? null : parts.token();
        } catch (IllegalArgumentException | JsonParseException e) {
            return null;
        }
    }

    /** As it is read: Gson leaves out what the text leaves out. */
    private record Parts(
            @Nullable String id,
            @Nullable String secret,
            @Nullable String pin,
            @Nullable String server,
            long expires) {
        @Nullable
        OperatorToken token() {
            return id == null || secret == null || pin == null || server == null
                    ? null
                    : new OperatorToken(id, secret, pin, server, expires);
        }
    }

    /** No secret. */
    @Override
    public String toString() {
        return "OperatorToken[" + id + " for " + server + "]";
    }
}
