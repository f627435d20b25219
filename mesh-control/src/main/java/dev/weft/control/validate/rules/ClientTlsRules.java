package dev.weft.control.validate.rules;

import dev.weft.control.istio.Meta;
import java.util.List;
import java.util.stream.Stream;

/** How clients encrypt. */
final class ClientTlsRules {
    private static final String CONFIG_MAP = "configmap://";

    private ClientTlsRules() {}

    static void check(Place tls, Meta meta) {
        if (!tls.present()) {
            return;
        }
        boolean simple = tls.get("mode").is("SIMPLE");
        boolean mutual = tls.get("mode").is("MUTUAL");
        boolean credential = !tls.get("credentialName").text().isEmpty();
        configMap(tls.get("credentialName"), meta);
        if (tls.get("insecureSkipVerify").flag()) {
            Stream<String> verifying = simple
                    ? Stream.of("caCertificates", "credentialName", "subjectAltNames")
                    : mutual ? Stream.of("caCertificates", "subjectAltNames") : Stream.empty();
            verifying
                    .map(tls::get)
                    .filter(Place::filled)
                    .forEach(field -> field.error("insecureSkipVerify checks nothing; leave one of them out"));
        }
        if ((simple || mutual) && credential) {
            List.of("clientCertificate", "caCertificates", "privateKey", "caCrl").stream()
                    .map(tls::get)
                    .filter(Place::filled)
                    .forEach(field -> field.error("credentialName stands for it; leave one of them out"));
        } else if (mutual) {
            required(tls.get("clientCertificate"));
            required(tls.get("privateKey"));
        }
    }

    private static void required(Place file) {
        if (file.text().isEmpty()) {
            file.error("MUTUAL needs it");
        }
    }

    /** {@code configmap://name} or {@code configmap://namespace/name}, in the rule's own namespace. */
    private static void configMap(Place credential, Meta meta) {
        if (!credential.text().startsWith(CONFIG_MAP)) {
            return;
        }
        String[] parts = credential.text().substring(CONFIG_MAP.length()).split("/", -1);
        boolean named = parts.length <= 2 && Stream.of(parts).noneMatch(String::isEmpty);
        if (!named || parts.length == 2 && !parts[0].equals(meta.namespace())) {
            credential.error("configmap://" + meta.namespace() + "/NAME was expected");
        }
    }
}
