package dev.weft.control.validate.rules;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;

/** Sets of public keys in JSON (RFC 7517). */
final class Jwks {
    private static final Map<String, List<String>> PARTS = Map.of(
            "RSA", List.of("n", "e"), "EC", List.of("crv", "x", "y"), "OKP", List.of("crv", "x"), "oct", List.of("k"));
    private static final String EXPECTED =
            "a set of keys in JSON was expected, as in {\"keys\": [{\"kty\": \"RSA\", ...}]}";

    private Jwks() {}

    static void check(Place jwks) {
        try (JsonReader reader = new JsonReader(new StringReader(jwks.text()))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement root = JsonParser.parseReader(reader);
            if (!root.isJsonObject()) {
                jwks.error(EXPECTED);
                return;
            }
            JsonObject set = root.getAsJsonObject();
            JsonElement keys = set.get("keys");
            JsonArray one = new JsonArray();
            one.add(set);
            for (JsonElement key : keys instanceof JsonArray several ? several : one) {
                key(key, jwks);
            }
        } catch (JsonParseException | IOException | IllegalStateException e) {
            jwks.error(EXPECTED);
        }
    }

    private static void key(JsonElement element, Place jwks) {
        JsonObject key = element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
        String type = text(key, "kty");
        List<String> parts = PARTS.get(type);
        if (parts == null || parts.stream().anyMatch(part -> text(key, part).isEmpty())) {
            jwks.error("each key with its kty (RSA, EC, OKP or oct) and the parts of one was expected");
        } else if (key.has("d") || type.equals("oct")) {
            jwks.warning("contains a private key; only public ones are needed");
        }
    }

    private static String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
