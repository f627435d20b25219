package dev.weft.control.access;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What an operator hands to a workload: {@code weft1.} and base64url of JSON.
 *
 * @param id by which the authority finds it
 * @param secret 256 random bits, base64url
 * @param identity the SPIFFE id that it is good for; for the reader, the authority has its own record
 * @param pin SHA-256 of the root of the control plane's own certificate, lower-case hexadecimal: authenticates the first contact
 * @param expires seconds since the epoch
 */
public record JoinToken(String id, String secret, String identity, String pin, long expires) {
    static final String PREFIX = "weft1.";
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
    static @Nullable JoinToken decode(String text) {
        if (!text.startsWith(PREFIX) || text.length() > MAX_CHARS) {
            return null;
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
            JoinToken token = GSON.fromJson(new String(json, StandardCharsets.UTF_8), JoinToken.class);
            return token == null || anyNull(token.id, token.secret, token.identity) ? null : token;
        } catch (IllegalArgumentException | JsonParseException e) {
            return null;
        }
    }

    /** Gson leaves out what the text leaves out. */
    private static boolean anyNull(@Nullable Object... values) {
        for (Object value : values) {
            if (value == null) {
                return true;
            }
        }
        return false;
    }

    /** No secret. */
    @Override
    public String toString() {
        return "JoinToken[" + id + " for " + identity + "]";
    }
}
