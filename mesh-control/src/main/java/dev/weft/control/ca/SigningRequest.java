package dev.weft.control.ca;

import dev.weft.control.access.RefusedException;
import dev.weft.control.access.RefusedException.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * What a PKCS #10 request proves: that its sender holds a key. Whatever else it says has no effect.
 *
 * @param key good enough to be certified
 * @param ignored what the request also said, for the audit log
 */
record SigningRequest(PublicKey key, List<String> ignored) {
    /** A request with an RSA key of 4096 bits and some names has 2 KB. */
    static final int MAX_CHARS = 16 << 10;

    private static final int MAX_IGNORED = 16;
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    SigningRequest {
        ignored = List.copyOf(ignored);
    }

    static SigningRequest read(String pem) throws RefusedException {
        if (pem.length() > MAX_CHARS) {
            throw refused("csr: " + pem.length() + " characters, at most " + MAX_CHARS + " were expected");
        }
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(single(pem));
            PublicKey key = strong(request);
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw refused("csr: not signed by the key that it holds");
            }
            return new SigningRequest(key, said(request));
        } catch (IOException | GeneralSecurityException | OperatorCreationException | RuntimeException e) {
            throw refused("csr: cannot be read, a PKCS #10 request in PEM was expected");
        } catch (PKCSException e) {
            throw refused("csr: its signature cannot be verified");
        }
    }

    private static byte[] single(String pem) throws IOException, RefusedException {
        try (PemReader in = new PemReader(new StringReader(pem))) {
            PemObject found = in.readPemObject();
            if (found == null || !found.getType().endsWith("CERTIFICATE REQUEST")) {
                throw refused("csr: holds no PEM block CERTIFICATE REQUEST");
            }
            if (in.readPemObject() != null) {
                throw refused("csr: holds more than one PEM block");
            }
            return found.getContent();
        }
    }

    private static PublicKey strong(JcaPKCS10CertificationRequest request)
            throws RefusedException, GeneralSecurityException {
        AlgorithmIdentifier algorithm = request.getSubjectPublicKeyInfo().getAlgorithm();
        boolean elliptic = algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
        boolean named =
                elliptic && algorithm.getParameters() instanceof ASN1ObjectIdentifier curve && CURVES.contains(curve);
        boolean rsa = algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
        if (!named && !rsa) {
            throw refused("csr: key of algorithm " + algorithm.getAlgorithm()
                    + ", but EC on P-256, P-384 or P-521, or RSA was expected");
        }
        PublicKey key = request.getPublicKey();
        if (key instanceof RSAPublicKey big) {
            int bits = big.getModulus().bitLength();
            int exponent = big.getPublicExponent().bitLength();
            if (bits < 2048 || bits > 4096 || exponent < 17 || exponent > 64) {
                throw refused("csr: RSA key of " + bits + " bits with an exponent of " + exponent
                        + " bits, but 2048 to 4096 and 17 to 64 were expected");
            }
        }
        return key;
    }

    private static List<String> said(JcaPKCS10CertificationRequest request) {
        List<String> said = new ArrayList<>();
        if (request.getSubject().getRDNs().length > 0) {
            said.add("subject " + request.getSubject());
        }
        Extensions extensions = request.getRequestedExtensions();
        if (extensions != null) {
            for (ASN1ObjectIdentifier id : extensions.getExtensionOIDs()) {
                if (said.size() >= MAX_IGNORED) {
                    break;
                }
                if (id.equals(Extension.subjectAlternativeName)) {
                    GeneralNames names = GeneralNames.fromExtensions(extensions, id);
                    for (GeneralName name : names.getNames()) {
                        if (said.size() < MAX_IGNORED) {
                            said.add("name " + name.getName());
                        }
                    }
                } else {
                    said.add("extension " + id);
                }
            }
        }
        return said;
    }

    private static RefusedException refused(String message) {
        return new RefusedException(Reason.BAD_REQUEST, message);
    }
}
