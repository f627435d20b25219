package dev.weft.control.conformance;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.identity.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.regex.Pattern;

/** Puts signed tokens where the data has {@code T:{claims}}. */
final class AuthzTokens {
    /** Up to the last brace: claims may nest. */
    private static final Pattern PLACE = Pattern.compile("T:(\\{.*})", Pattern.DOTALL);

    private static final long ISSUED = 1_700_000_000L;
    private static final long EXPIRES = 4_102_444_800L;

    private final PrivateKey key;

    private AuthzTokens(PrivateKey key) {
        this.key = key;
    }

    static AuthzTokens of(Path pem) throws IOException {
        return new AuthzTokens(Pem.privateKey(Files.readString(pem), "jwt-signing-key.pem"));
    }

    String in(String text) {
        return PLACE.matcher(text)
                .replaceAll(
                        found -> token(JsonParser.parseString(found.group(1)).getAsJsonObject()));
    }

    private String token(JsonObject claims) {
        if (!claims.has("iat")) {
            claims.addProperty("iat", ISSUED);
        }
        if (!claims.has("exp")) {
            claims.addProperty("exp", EXPIRES);
        }
        String signed = part("{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"JWT\"}") + "." + part(claims.toString());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
