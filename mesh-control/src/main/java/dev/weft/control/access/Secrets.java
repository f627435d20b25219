package dev.weft.control.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random secrets, what is kept of them, and their comparison. */
final class Secrets {
    private static final SecureRandom DICE = new SecureRandom();

    private Secrets() {}

    /** 256 random bits, base64url. */
    static String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
    }

    /** A name that nothing else has, hexadecimal. */
    static String id() {
        return HexFormat.of().formatHex(random(12));
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        DICE.nextBytes(random);
        return random;
    }

    /** What is kept. The secret has 256 random bits: there is nothing to guess, so a slow hash would only slow us. */
    static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the secret is the one of which this was kept, found in a time that does not depend on where they differ. */
    static boolean matches(String secret, String kept) {
        return MessageDigest.isEqual(
                kept.getBytes(StandardCharsets.US_ASCII), hash(secret).getBytes(StandardCharsets.US_ASCII));
    }
}
