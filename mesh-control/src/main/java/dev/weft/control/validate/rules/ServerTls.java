package dev.weft.control.validate.rules;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How a listening port of a Gateway or Sidecar terminates TLS. */
final class ServerTls {
    private static final Set<String> TERMINATING = Set.of("SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL");
    private static final Set<String> PASSING = Set.of("PASSTHROUGH", "AUTO_PASSTHROUGH");
    private static final List<String> FILES = List.of("serverCertificate", "privateKey", "caCertificates");
    private static final List<String> SECRETS = List.of("credentialName", "credentialNames", "tlsCertificates");

    private ServerTls() {}

    /** PASSTHROUGH is the default mode. */
    static String mode(Place tls) {
        String mode = tls.get("mode").text();
        return mode.isEmpty() ? "PASSTHROUGH" : mode;
    }

    static boolean passesThrough(Place tls) {
        return PASSING.contains(mode(tls));
    }

    static void check(Place tls) {
        if (!tls.present()) {
            return;
        }
        String mode = mode(tls);
        if (mode.equals("ISTIO_MUTUAL")) {
            Stream.concat(FILES.stream(), SECRETS.stream())
                    .map(tls::get)
                    .filter(Place::filled)
                    .forEach(field -> field.error("ISTIO_MUTUAL uses the mesh's own certificates; leave it out"));
            return;
        }
        sources(tls);
        boolean secret =
                tls.get("credentialName").filled() || tls.get("credentialNames").filled();
        if (!TERMINATING.contains(mode)) {
            revocations(tls, mode);
        } else if (!secret) {
            certificates(tls, mode);
            revocations(tls, mode);
        }
    }

    private static void sources(Place tls) {
        boolean files =
                tls.get("serverCertificate").filled() && tls.get("privateKey").filled();
        long sources = SECRETS.stream().filter(name -> tls.get(name).filled()).count() + (files ? 1 : 0);
        if (sources > 1) {
            tls.error("one source of certificates was expected: credentialName, credentialNames, tlsCertificates, "
                    + "or serverCertificate with privateKey");
        }
    }

    private static void certificates(Place tls, String mode) {
        if (!mode.equals("SIMPLE") && tls.get("caCertificates").text().isEmpty()) {
            tls.get("caCertificates").error(mode + " needs the certificates of those who may sign clients'");
        }
        List<Place> pairs = tls.get("tlsCertificates").items();
        for (Place pair : pairs.isEmpty() ? List.of(tls) : pairs) {
            if (pair.get("serverCertificate").text().isEmpty()) {
                pair.get("serverCertificate").error(mode + " needs a server certificate");
            }
            if (pair.get("privateKey").text().isEmpty()) {
                pair.get("privateKey").error(mode + " needs a private key");
            }
        }
    }

    private static void revocations(Place tls, String mode) {
        Place list = tls.get("caCrl");
        if (list.filled() && tls.get("credentialName").filled()) {
            list.error("the list of revoked certificates belongs into the credential");
        } else if (list.filled() && mode.equals("SIMPLE")) {
            list.error("SIMPLE looks at no client certificate that could be revoked");
        }
    }
}
