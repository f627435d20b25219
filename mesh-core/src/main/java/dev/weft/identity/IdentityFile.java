package dev.weft.identity;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * An identity as text: a first line, {@code epoch N}, the chain, the key, for each trust domain {@code roots NAME} and its
 * roots, and at the end the SHA-256 of all that, so that half a file is known as such.
 */
final class IdentityFile {
    private static final String FIRST = "weft-identity 1 (holds a private key)";
    private static final String SUM = "sha256 ";

    private IdentityFile() {}

    static byte[] encode(Identity identity) {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        text.append("epoch ").append(identity.epoch()).append('\n');
        text.append("chain\n").append(Pem.write(identity.svid().chain()));
        text.append("key\n").append(Pem.write(identity.svid().key()));
        for (String domain : new TreeSet<>(identity.bundle().trustDomains())) {
            text.append("roots ").append(domain).append('\n');
            text.append(Pem.write(identity.bundle().roots(domain)));
        }
        String body = text.toString();
        return (body + SUM + sum(body) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Fails with {@link IllegalArgumentException} if this is not what {@link #encode} wrote. */
    static Identity decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        int end = text.lastIndexOf(SUM);
        if (!text.startsWith(FIRST + "\n") || end < 0) {
            throw new IllegalArgumentException(
                    "it does not begin with '" + FIRST + "' and end with '" + SUM.strip() + "'");
        }
        String body = text.substring(0, end);
        if (!text.substring(end).equals(SUM + sum(body) + "\n")) {
            throw new IllegalArgumentException("its checksum is another: it was cut or changed");
        }
        Map<String, String> parts = parts(body);
        Map<String, List<java.security.cert.X509Certificate>> roots = new HashMap<>();
        parts.forEach((head, pem) -> {
            if (head.startsWith("roots ")) {
                roots.put(head.substring("roots ".length()), Pem.certificates(pem, head));
            }
        });
        return new Identity(
                Svid.of(Pem.certificates(part(parts, "chain"), "chain"), Pem.privateKey(part(parts, "key"), "key")),
                new TrustBundle(roots),
                Long.parseLong(part(parts, "epoch")));
    }

    /** Text by the line that heads it. */
    private static Map<String, String> parts(String body) {
        Map<String, String> parts = new HashMap<>();
        String head = "";
        Iterator<String> lines = body.lines().skip(1).iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("epoch ")) {
                parts.put("epoch", line.substring("epoch ".length()));
            } else if (line.equals("chain") || line.equals("key") || line.startsWith("roots ")) {
                head = line;
            } else {
                parts.merge(head, line + "\n", String::concat);
            }
        }
        return parts;
    }

    private static String part(Map<String, String> parts, String name) {
        String part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return part;
    }

    private static String sum(String body) {
        return HexFormat.of().formatHex(Shown.sha256(Shown.ascii(body)));
    }
}
