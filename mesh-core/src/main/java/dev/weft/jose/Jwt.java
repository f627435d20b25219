package dev.weft.jose;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token in JWS compact form, taken apart and not yet believed: nothing it says counts before {@link KeySet#verify} has said OK.
 * Immutable.
 */
public final class Jwt {
    /** Longer ones are no tokens: Envoy takes no head beyond 60 KiB. */
    static final int MAX_CHARS = 60 * 1024;

    private final JwtHeader header;
    private final Map<String, Object> claims;
    private final String payload;
    private final String signed;
    private final byte[] signature;
    private final List<String> audiences;
    private final long notBefore;
    private final long expires;

    private Jwt(JwtHeader header, Map<String, Object> claims, String[] parts, byte[] signature)
            throws JwtRefusedException {
        this.header = header;
        this.claims = Collections.unmodifiableMap(claims);
        payload = parts[1];
        signed = parts[0] + '.' + parts[1];
        this.signature = signature;
        text("iss", JwtStatus.BAD_ISS);
        text("sub", JwtStatus.BAD_SUB);
        seconds("iat", JwtStatus.IAT_NO_INTEGER, JwtStatus.IAT_OUT_OF_RANGE);
        notBefore = seconds("nbf", JwtStatus.NBF_NO_INTEGER, JwtStatus.NBF_OUT_OF_RANGE);
        expires = seconds("exp", JwtStatus.EXP_NO_INTEGER, JwtStatus.EXP_OUT_OF_RANGE);
        text("jti", JwtStatus.BAD_JTI);
        audiences = audiences(claims.get("aud"), claims.containsKey("aud"));
    }

    /**
     * Takes a token apart. Checks in Envoy's order, so that of several faults the same one is named.
     *
     * @throws JwtRefusedException if it is none that anybody could verify
     */
    public static Jwt parse(String token) throws JwtRefusedException {
        String[] parts = token.length() > MAX_CHARS ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw new JwtRefusedException(JwtStatus.BAD_FORMAT);
        }
        JwtHeader header = JwtHeader.parse(parts[0], decoded(parts[0], JwtStatus.HEADER_BAD_BASE64));
        byte[] json = decoded(parts[1], JwtStatus.PAYLOAD_BAD_BASE64);
        Map<String, Object> claims;
        try {
            claims = Json.object(json);
        } catch (ParseException e) {
            throw new JwtRefusedException(JwtStatus.PAYLOAD_BAD_JSON);
        }
        return new Jwt(header, claims, parts, decoded(parts[2], JwtStatus.SIGNATURE_BAD_BASE64));
    }

    private static byte[] decoded(String base64url, JwtStatus otherwise) throws JwtRefusedException {
        try {
            return Base64.getUrlDecoder().decode(base64url);
        } catch (IllegalArgumentException e) {
            throw new JwtRefusedException(otherwise);
        }
    }

    private void text(String claim, JwtStatus otherwise) throws JwtRefusedException {
        if (claims.containsKey(claim) && !(claims.get(claim) instanceof String)) {
            throw new JwtRefusedException(otherwise);
        }
    }

    /** Seconds since the epoch, fractions cut off; 0 where the claim is absent. */
    private long seconds(String claim, JwtStatus noNumber, JwtStatus outOfRange) throws JwtRefusedException {
        if (!claims.containsKey(claim)) {
            return 0;
        }
        if (!(claims.get(claim) instanceof Number number)) {
            throw new JwtRefusedException(noNumber);
        }
        double value = number.doubleValue();
        if (!(value >= 0 && value < 0x1p64)) {
            throw new JwtRefusedException(outOfRange);
        }
        // Beyond this it is 292 thousand million years away, for Envoy as for us.
        return number instanceof Long exact ? exact : (long) value;
    }

    private static List<String> audiences(@Nullable Object said, boolean present) throws JwtRefusedException {
        if (!present) {
            return List.of();
        }
        if (said instanceof String one) {
            return List.of(one);
        }
        if (!(said instanceof List<?> several)) {
            throw new JwtRefusedException(JwtStatus.BAD_AUD);
        }
        List<String> audiences = new ArrayList<>(several.size());
        for (Object one : several) {
            if (!(one instanceof String text)) {
                throw new JwtRefusedException(JwtStatus.BAD_AUD);
            }
            audiences.add(text);
        }
        return List.copyOf(audiences);
    }

    /**
     * Whether now is between {@code nbf} and {@code exp}. A token without them is valid for ever, as in Envoy.
     *
     * @param now seconds since the epoch
     * @param skew seconds that the clocks of two machines may differ
     */
    public JwtStatus times(long now, long skew) {
        if (now + skew < notBefore) {
            return JwtStatus.NOT_YET_VALID;
        }
        // exp = 0 counts as absent in Envoy; subtracted and not added, because exp may be as large as a long can be.
        if (expires != 0 && now - skew > expires) {
            return JwtStatus.EXPIRED;
        }
        return JwtStatus.OK;
    }

    /** {@code alg}. */
    public String algorithm() {
        return header.algorithm();
    }

    /** {@code kid}, or null. */
    public @Nullable String keyId() {
        return header.keyId();
    }

    /** {@code iss}, or empty. */
    public String issuer() {
        return claims.get("iss") instanceof String text ? text : "";
    }

    /** {@code sub}, or empty. */
    public String subject() {
        return claims.get("sub") instanceof String text ? text : "";
    }

    /** {@code aud}; empty if absent. */
    public List<String> audiences() {
        return audiences;
    }

    /** {@code exp} in seconds since the epoch; 0 if absent. */
    public long expires() {
        return expires;
    }

    /** All claims: texts, numbers, booleans, nulls, lists and maps of such. */
    public Map<String, Object> claims() {
        return claims;
    }

    /** All fields of the header. */
    public Map<String, Object> headerFields() {
        return header.fields();
    }

    /** The payload as it came, base64url. */
    public String payload() {
        return payload;
    }

    JwtHeader header() {
        return header;
    }

    /** The text that was signed. */
    String signed() {
        return signed;
    }

    byte[] signature() {
        return signature;
    }

    /** Not the token: whoever reads a log must not be able to use it. */
    @Override
    public String toString() {
        return "Jwt of " + issuer();
    }
}
