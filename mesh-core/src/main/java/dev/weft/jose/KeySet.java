package dev.weft.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer (RFC 7517, section 5). Of a set only keys are kept that may verify signatures: RSA of 2048 to 8192 bits,
 * EC on P-256, P-384 and P-521, Ed25519; secrets, keys for encryption and kinds that are not known are left out. Immutable.
 */
public final class KeySet {
    /** No keys: refuses every token. */
    public static final KeySet NONE = new KeySet("{\"keys\":[]}", List.of());

    /** A set of a hundred keys is a tenth of that. */
    static final int MAX_CHARS = 1 << 20;

    /** A token without {@code kid} is tried against each of them. */
    private static final int MAX_KEYS = 100;

    private final String json;
    private final List<VerificationKey> keys;

    private KeySet(String json, List<VerificationKey> keys) {
        this.json = json;
        this.keys = List.copyOf(keys);
    }

    /** @throws ParseException if it is no key set, is longer than 1 MiB or has more than 100 keys; saying which */
    public static KeySet parse(String json) throws ParseException {
        if (json.length() > MAX_CHARS) {
            throw new ParseException(json.length() + " characters, at most " + MAX_CHARS + " were expected", 0);
        }
        Object said = Json.object(json).get("keys");
        if (!(said instanceof List<?> list)) {
            throw new ParseException("a JSON object with an array \"keys\" was expected", 0);
        }
        if (list.size() > MAX_KEYS) {
            throw new ParseException(list.size() + " keys, at most " + MAX_KEYS + " were expected", 0);
        }
        List<VerificationKey> keys = new ArrayList<>(list.size());
        for (Object one : list) {
            VerificationKey key = one instanceof Map<?, ?> fields ? key(fields) : null;
            if (key != null) {
                keys.add(key);
            }
        }
        return new KeySet(json, keys);
    }

    @SuppressWarnings("unchecked") // names in JSON are texts
    private static @Nullable VerificationKey key(Map<?, ?> fields) {
        try {
            return VerificationKey.of(JWK.parse((Map<String, Object>) fields));
        } catch (ParseException | JOSEException | RuntimeException e) {
            // One broken key must not take the others down, as it does not in Envoy.
            return null;
        }
    }

    /** Whether no token can be verified with it. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether one of the keys has this id, or some key has none and so could be meant by any. */
    public boolean mayHave(String keyId) {
        return keys.stream().anyMatch(key -> key.keyId() == null || keyId.equals(key.keyId()));
    }

    /** The text that this was read from. */
    public String json() {
        return json;
    }

    /**
     * Whether the token was signed by one of these keys. Judged are keys with the token's {@code kid} or without any, and with its {@code
     * alg} or without any; a token without {@code kid} is tried against all. Times, issuer and audience are not judged.
     */
    public JwtStatus verify(Jwt token) {
        if (keys.isEmpty()) {
            return JwtStatus.NO_VALID_KEYS;
        }
        boolean matched = false;
        for (VerificationKey key : keys) {
            if (key.meantBy(token)) {
                matched = true;
                if (key.verifies(token)) {
                    return JwtStatus.OK;
                }
            }
        }
        return matched ? JwtStatus.VERIFICATION_FAILS : JwtStatus.NO_MATCHING_KEY;
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
