package dev.weft.control.access;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.weft.control.access.RefusedException.Reason;
import dev.weft.identity.SpiffeId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates by the {@link LocalToken}: {@code weft-local1.} and base64url of {@code {"secret", "identity"}}. The identity is
 * the caller's choice: who may read the file may start any service on this machine anyway.
 */
public final class LocalTokenAuthenticator implements CallerAuthenticator {
    private static final int MAX_CHARS = 4096;

    private final LocalToken token;

    public LocalTokenAuthenticator(LocalToken token) {
        this.token = token;
    }

    @Override
    public @Nullable Caller authenticate(Credentials credentials) throws RefusedException {
        String bearer = credentials.bearer();
        if (bearer == null || !bearer.startsWith(LocalToken.PREFIX)) {
            return null;
        }
        if (!credentials.local()) {
            throw refused("the local token is good on the control plane's own machine only; see meshctl token create");
        }
        JsonObject said = read(bearer);
        if (!Secrets.matches(text(said, "secret"), Secrets.hash(token.secret()))) {
            throw refused("the local token is of another run of the control plane, or forged");
        }
        try {
            return Caller.of(SpiffeId.parse(text(said, "identity")), "local-token", Long.MAX_VALUE);
        } catch (IllegalArgumentException e) {
            throw refused("the local token asks for an identity that is none: " + e.getMessage());
        }
    }

    private static JsonObject read(String bearer) throws RefusedException {
        if (bearer.length() > MAX_CHARS) {
            throw refused("the local token has " + bearer.length() + " characters");
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(bearer.substring(LocalToken.PREFIX.length()));
            JsonElement read = JsonParser.parseString(new String(json, StandardCharsets.UTF_8));
            if (read.isJsonObject()) {
                return read.getAsJsonObject();
            }
        } catch (IllegalArgumentException | JsonParseException | StackOverflowError e) {
            throw refused("the local token cannot be read");
        }
        throw refused("the local token cannot be read");
    }

    private static String text(JsonObject said, String name) throws RefusedException {
        JsonElement value = said.get(name);
        if (value == null || !value.isJsonPrimitive()) {
            throw refused("the local token has no " + name);
        }
        return value.getAsString();
    }

    private static RefusedException refused(String message) {
        return new RefusedException(Reason.UNAUTHENTICATED, message);
    }
}
