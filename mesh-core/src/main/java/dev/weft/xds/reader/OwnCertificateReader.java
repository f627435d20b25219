package dev.weft.xds.reader;

import dev.weft.config.UpstreamTls.Mode;
import dev.weft.proto.envoy.config.core.v3.DataSource;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import org.jspecify.annotations.Nullable;

/**
 * The part of a TLS context that says what the client presents.
 *
 * @param certificate file, or empty
 * @param key its file, or empty
 */
record OwnCertificateReader(Mode mode, String certificate, String key) {
    private static final KnownFields CERTIFICATE = KnownFields.of(TlsCertificate.getDescriptor())
            .honours("certificate_chain", "private_key")
            // Files are watched one by one.
            .skips("watched_directory");

    /** What istiod's agent, and Weft's own control plane, call the certificate of the process. */
    private static final String IDENTITY = "default";

    /** What istiod calls a pair of files: certificate, {@code ~}, key. */
    private static final String FILES = "file-cert:";

    private static final String EXPECTED =
            "`default`, the identity of this process, or `file-cert:CERTIFICATE~KEY`; other certificates are not supported";

    private static final OwnCertificateReader NOTHING = new OwnCertificateReader(Mode.SIMPLE, "", "");
    private static final OwnCertificateReader OF_MESH = new OwnCertificateReader(Mode.ISTIO_MUTUAL, "", "");

    @SuppressWarnings("deprecation") // istiod still writes the older spelling of certificate providers beside the newer
    static OwnCertificateReader read(CommonTlsContext found, Place place) {
        OwnCertificateReader result = NOTHING;
        for (int i = 0; i < found.getTlsCertificatesCount(); i++) {
            result = one(
                    result,
                    files(found.getTlsCertificates(i), place.at("tls_certificates", i)),
                    place.at("tls_certificates", i));
        }
        for (int i = 0; i < found.getTlsCertificateSdsSecretConfigsCount(); i++) {
            Place at = place.at("tls_certificate_sds_secret_configs", i).at("name");
            result =
                    one(result, named(found.getTlsCertificateSdsSecretConfigs(i).getName(), at), at);
        }
        if (found.hasTlsCertificateProviderInstance()) {
            Place at = place.at("tls_certificate_provider_instance.certificate_name");
            result = one(result, named(found.getTlsCertificateProviderInstance().getCertificateName(), at), at);
        }
        if (found.hasTlsCertificateCertificateProviderInstance()) {
            Place at = place.at("tls_certificate_certificate_provider_instance.certificate_name");
            result = one(
                    result,
                    named(found.getTlsCertificateCertificateProviderInstance().getCertificateName(), at),
                    at);
        }
        return result;
    }

    /** Certificates may be named in several ways, as long as they are the same. */
    private static OwnCertificateReader one(
            OwnCertificateReader before, @Nullable OwnCertificateReader next, Place place) {
        if (next == null) {
            return before;
        }
        if (!before.equals(NOTHING) && !before.equals(next)) {
            place.refuse(next.toString(), "one certificate to present, which is already " + before);
        }
        return next;
    }

    private static @Nullable OwnCertificateReader named(String name, Place place) {
        if (name.equals(IDENTITY)) {
            return OF_MESH;
        }
        int tilde = name.indexOf('~');
        if (name.startsWith(FILES) && tilde > FILES.length() && tilde < name.length() - 1) {
            return new OwnCertificateReader(
                    Mode.MUTUAL, name.substring(FILES.length(), tilde), name.substring(tilde + 1));
        }
        place.refuse(name, EXPECTED);
        return null;
    }

    private static @Nullable OwnCertificateReader files(TlsCertificate found, Place place) {
        CERTIFICATE.check(found, place);
        String certificate = file(found.getCertificateChain(), place.at("certificate_chain"));
        String key = file(found.getPrivateKey(), place.at("private_key"));
        return certificate.isEmpty() || key.isEmpty() ? null : new OwnCertificateReader(Mode.MUTUAL, certificate, key);
    }

    private static String file(DataSource found, Place place) {
        if (found.getFilename().isEmpty()) {
            // Without its value: a key must not appear in a log.
            place.refuse(found.getSpecifierCase(), "filename; certificates and keys do not come with configuration");
        }
        return found.getFilename();
    }

    @Override
    public String toString() {
        return mode == Mode.MUTUAL ? certificate + "~" + key : "`" + IDENTITY + "`";
    }
}
