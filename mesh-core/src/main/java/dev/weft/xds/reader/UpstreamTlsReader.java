package dev.weft.xds.reader;

import dev.weft.config.Cluster.Protocol;
import dev.weft.config.UpstreamTls;
import dev.weft.config.UpstreamTls.Mode;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code UpstreamTlsContext}. What Weft presents is always the identity of the process; a context that asks for another
 * certificate, or for weaker checks, is refused, and with it its cluster.
 */
final class UpstreamTlsReader {
    private static final KnownFields CONTEXT = KnownFields.of(UpstreamTlsContext.getDescriptor())
            .honours("common_tls_context", "sni", "auto_host_sni")
            .skips("max_session_keys", "enforce_rsa_key_usage", "auto_sni_san_validation");
    private static final KnownFields COMMON = KnownFields.of(CommonTlsContext.getDescriptor())
            .honours(
                    "tls_params",
                    "tls_certificate_sds_secret_configs",
                    "tls_certificate_provider_instance",
                    "tls_certificate_certificate_provider_instance",
                    "validation_context",
                    "validation_context_sds_secret_config",
                    "combined_validation_context",
                    "validation_context_certificate_provider_instance",
                    "alpn_protocols");
    private static final KnownFields PARAMETERS = KnownFields.of(TlsParameters.getDescriptor())
            // Weft offers 1.2 and 1.3, whatever the range; what lies below is never spoken.
            .honours("tls_minimum_protocol_version", "tls_maximum_protocol_version")
            .warns("cipher_suites", "ecdh_curves", "signature_algorithms", "compliance_policies");

    /** What istiod's agent, and Weft's own control plane, call the certificate of the process. */
    private static final String OWN_CERTIFICATE = "default";

    /** It announces a TCP preamble that the library does not speak. */
    private static final String PEER_EXCHANGE = "istio-peer-exchange";

    private UpstreamTlsReader() {}

    /**
     * @param protocol decides the names offered to Istio's sidecars, as their {@code istio.alpn} filter does
     * @param autoSni the server name follows the request
     */
    static UpstreamTls read(UpstreamTlsContext found, Protocol protocol, boolean autoSni, Place place) {
        CONTEXT.check(found, place);
        CommonTlsContext common = found.getCommonTlsContext();
        Place at = place.at("common_tls_context");
        COMMON.check(common, at);
        PARAMETERS.check(common.getTlsParams(), at.at("tls_params"));
        if (common.getTlsParams().getTlsMinimumProtocolVersion() == TlsParameters.TlsProtocol.TLSv1_3) {
            at.warn("tls_params.tls_minimum_protocol_version", "TLSv1_3", "TLSv1_2 or less; Weft still offers 1.2");
        }
        Mode mode = hasOwnCertificate(common, at) ? Mode.ISTIO_MUTUAL : Mode.SIMPLE;
        List<String> names = ServerIdentityReader.read(common, mode, at);
        String sni = autoSni || found.getAutoHostSni() ? "" : found.getSni();
        return new UpstreamTls(mode, sni, names, alpn(common, mode, protocol));
    }

    @SuppressWarnings("deprecation") // istiod still writes the older spelling of certificate providers beside the newer
    private static boolean hasOwnCertificate(CommonTlsContext found, Place place) {
        for (int i = 0; i < found.getTlsCertificateSdsSecretConfigsCount(); i++) {
            own(
                    found.getTlsCertificateSdsSecretConfigs(i).getName(),
                    place.at("tls_certificate_sds_secret_configs", i).at("name"));
        }
        if (found.hasTlsCertificateProviderInstance()) {
            own(
                    found.getTlsCertificateProviderInstance().getCertificateName(),
                    place.at("tls_certificate_provider_instance.certificate_name"));
        }
        if (found.hasTlsCertificateCertificateProviderInstance()) {
            own(
                    found.getTlsCertificateCertificateProviderInstance().getCertificateName(),
                    place.at("tls_certificate_certificate_provider_instance.certificate_name"));
        }
        return found.getTlsCertificateSdsSecretConfigsCount() > 0
                || found.hasTlsCertificateProviderInstance()
                || found.hasTlsCertificateCertificateProviderInstance();
    }

    private static void own(@Nullable String name, Place place) {
        if (!OWN_CERTIFICATE.equals(name)) {
            place.refuse(
                    name,
                    "`" + OWN_CERTIFICATE + "`, the identity of this process; other certificates are not supported");
        }
    }

    private static List<String> alpn(CommonTlsContext found, Mode mode, Protocol protocol) {
        if (mode == Mode.ISTIO_MUTUAL) {
            // A PERMISSIVE sidecar picks its mTLS filter chain by these names.
            return switch (protocol) {
                case HTTP2 -> List.of("istio-h2", "istio", "h2");
                case HTTP1 -> List.of("istio-http/1.1", "istio", "http/1.1");
                case DOWNSTREAM, AUTO -> List.of();
            };
        }
        return found.getAlpnProtocolsList().stream()
                .filter(name -> !name.equals(PEER_EXCHANGE))
                .toList();
    }
}
