package dev.weft.xds.reader;

import dev.weft.config.Cluster.Protocol;
import dev.weft.config.UpstreamTls;
import dev.weft.config.UpstreamTls.Files;
import dev.weft.config.UpstreamTls.Mode;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import java.util.List;

/**
 * {@code UpstreamTlsContext}. What is presented is the identity of the process, or a certificate from files; a context that
 * asks for anything else, or for weaker checks than Istio has words for, is refused, and with it its cluster.
 */
final class UpstreamTlsReader {
    private static final KnownFields CONTEXT = KnownFields.of(UpstreamTlsContext.getDescriptor())
            .honours("common_tls_context", "sni")
            .skips("max_session_keys", "enforce_rsa_key_usage", "auto_sni_san_validation")
            // The server name is the request's host, which for a cluster of one name is the same.
            .warns("auto_host_sni");
    private static final KnownFields COMMON = KnownFields.of(CommonTlsContext.getDescriptor())
            .honours(
                    "tls_params",
                    "tls_certificates",
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
        OwnCertificateReader own = OwnCertificateReader.read(common, at);
        ServerIdentityReader server = ServerIdentityReader.read(common, own.mode(), at);
        String sni = autoSni || found.getAutoHostSni() ? "" : found.getSni();
        Files files = new Files(own.certificate(), own.key(), server.caCertificates());
        boolean unverified = server.unverified();
        return new UpstreamTls(own.mode(), sni, server.names(), alpn(common, own.mode(), protocol), files, unverified);
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
                .filter(name -> !name.equals(UpstreamTls.PEER_EXCHANGE))
                .toList();
    }
}
