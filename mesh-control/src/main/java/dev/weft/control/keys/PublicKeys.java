package dev.weft.control.keys;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;

/** What of a published key set may be passed on. */
final class PublicKeys {
    private PublicKeys() {}

    /**
     * The set with its public keys alone: whoever writes the URL of a policy must not read back what else lies behind it, and what a
     * careless issuer publishes is not spread further.
     *
     * @param json a key set that was read before
     */
    static String of(String json) {
        JsonArray kept = new JsonArray();
        for (JsonElement element :
                JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("keys")) {
            JsonElement key = key(element);
            if (key != null) {
                kept.add(key);
            }
        }
        JsonObject set = new JsonObject();
        set.add("keys", kept);
        return set.toString();
    }

    private static @org.jspecify.annotations.Nullable JsonElement key(JsonElement element) {
        try {
            JWK key = JWK.parse(element.toString()).toPublicJWK();
            return key == null ? null : JsonParser.parseString(key.toJSONString());
        } catch (ParseException e) {
            // Of a kind that nobody here could verify with.
            return null;
        }
    }
}
