package dev.weft.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** How what a stranger sent appears in messages: bounded, and without a character that could forge a line of a log. */
final class Shown {
    private static final int MAX_TEXT = 200;
    private static final int MAX_LISTED = 5;

    private Shown() {}

    static String text(String text) {
        StringBuilder shown = new StringBuilder("'");
        for (int i = 0; i < Math.min(text.length(), MAX_TEXT); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                shown.append(c);
            } else {
                shown.append(escape(c));
            }
        }
        return shown.append(text.length() > MAX_TEXT ? "'..." : "'").toString();
    }

    static String character(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : escape(c);
    }

    private static String escape(char c) {
        return "\\u" + HexFormat.of().toHexDigits(c);
    }

    static <T> String list(List<T> values, java.util.function.Function<T, String> shown) {
        String first = values.stream().limit(MAX_LISTED).map(shown).collect(Collectors.joining(", "));
        return values.size() > MAX_LISTED ? first + " and " + (values.size() - MAX_LISTED) + " more" : first;
    }

    /** Subject and the first 8 bytes of the SHA-256 fingerprint: roots of one CA often share their subject. */
    static String certificate(X509Certificate certificate) {
        return text(certificate.getSubjectX500Principal().getName()) + " sha256:"
                + CertificatePin.of(certificate).substring(0, 16);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A span in whole seconds, as {@code PT3M20S}. */
    static String span(long millis) {
        return Duration.ofSeconds(millis / 1000).toString();
    }
}
