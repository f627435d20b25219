package dev.weft.credential;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.identity.Pem;
import dev.weft.identity.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Credentials as platforms and control planes write them. */
public final class Tokens {
    private Tokens() {}

    /** Writes a file that nobody else may read. */
    public static Path secret(Path file, String text) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String join(String identity, String secret, X509Certificate root) {
        return "weft1."
                + base64("{\"id\":\"t1\",\"secret\":\"" + secret + "\",\"identity\":\"" + identity + "\",\"pin\":\""
                        + pin(root) + "\",\"expires\":4000000000}");
    }

    public static String local(X509Certificate root, String secret, int plaintextPort, int tlsPort) {
        return "{\"secret\":\"" + secret + "\",\"pin\":\"" + pin(root)
                + "\",\"trustDomain\":\"cluster.local\",\"plaintextPort\":" + plaintextPort + ",\"tlsPort\":" + tlsPort
                + ",\"expires\":4000000000}";
    }

    public static String jwt(String subject) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.ES256),
                    new JWTClaimsSet.Builder()
                            .issuer("https://kubernetes.default.svc")
                            .audience("istio-ca")
                            .subject(subject)
                            .build());
            token.sign(new ECDSASigner((ECPrivateKey) TestAuthority.keys("EC").getPrivate()));
            return token.serialize();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static Path roots(Path file, X509Certificate... roots) {
        try {
            return Files.writeString(file, Pem.write(List.of(roots)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String pin(X509Certificate root) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(root.getEncoded()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
