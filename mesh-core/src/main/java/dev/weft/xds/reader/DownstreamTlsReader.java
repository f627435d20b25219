package dev.weft.xds.reader;

import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code DownstreamTlsContext}: the mesh's mutual TLS, and nothing else. The server presents the identity of the process and checks
 * callers by the roots of the mesh; a context that wants other certificates, or none of the caller, is refused.
 */
final class DownstreamTlsReader {
    private static final KnownFields CONTEXT = KnownFields.of(DownstreamTlsContext.getDescriptor())
            .honours("common_tls_context", "require_client_certificate")
            // Sessions are never resumed, so that the caller is checked at each handshake.
            .skips(
                    "session_ticket_keys",
                    "session_ticket_keys_sds_secret_config",
                    "disable_stateless_session_resumption",
                    "disable_stateful_session_resumption",
                    "session_timeout",
                    "ocsp_staple_policy",
                    "prefer_client_ciphers");
    private static final KnownFields COMMON = KnownFields.of(CommonTlsContext.getDescriptor())
            .honours(
                    "tls_certificate_sds_secret_configs",
                    "tls_certificate_provider_instance",
                    "tls_certificate_certificate_provider_instance",
                    "combined_validation_context",
                    "validation_context_sds_secret_config")
            // 1.2 and 1.3 with the JDK's or BoringSSL's suites; the server offers the protocols that it speaks.
            .skips("tls_params", "alpn_protocols");
    private static final KnownFields COMBINED = KnownFields.of(CombinedCertificateValidationContext.getDescriptor())
            .honours(
                    "default_validation_context",
                    "validation_context_sds_secret_config",
                    "validation_context_certificate_provider_instance");
    private static final KnownFields VALIDATION = KnownFields.of(CertificateValidationContext.getDescriptor())
            .honours("match_subject_alt_names", "ca_certificate_provider_instance");

    private static final String OWN_CERTIFICATE = "default";
    private static final String MESH_ROOTS = "ROOTCA";

    private DownstreamTlsReader() {}

    /** What the SPIFFE identity of a caller begins with, one of these; empty = whoever the mesh trusts. */
    @SuppressWarnings("deprecation") // the older spelling of certificate providers comes beside the newer
    static List<String> callers(DownstreamTlsContext found, Place place) {
        CONTEXT.check(found, place);
        if (!found.getRequireClientCertificate().getValue()) {
            place.refuse(
                    "require_client_certificate", false, "true; TLS without the caller's certificate is not supported");
        }
        CommonTlsContext common = found.getCommonTlsContext();
        Place at = place.at("common_tls_context");
        COMMON.check(common, at);
        for (int i = 0; i < common.getTlsCertificateSdsSecretConfigsCount(); i++) {
            named(
                    common.getTlsCertificateSdsSecretConfigs(i).getName(),
                    OWN_CERTIFICATE,
                    at.at("tls_certificate_sds_secret_configs", i));
        }
        if (common.hasTlsCertificateProviderInstance()) {
            named(
                    common.getTlsCertificateProviderInstance().getCertificateName(),
                    OWN_CERTIFICATE,
                    at.at("tls_certificate_provider_instance"));
        }
        if (common.hasTlsCertificateCertificateProviderInstance()) {
            named(
                    common.getTlsCertificateCertificateProviderInstance().getCertificateName(),
                    OWN_CERTIFICATE,
                    at.at("tls_certificate_certificate_provider_instance"));
        }
        switch (common.getValidationContextTypeCase()) {
            case VALIDATION_CONTEXT_SDS_SECRET_CONFIG:
                named(
                        common.getValidationContextSdsSecretConfig().getName(),
                        MESH_ROOTS,
                        at.at("validation_context_sds_secret_config"));
                return List.of();
            case COMBINED_VALIDATION_CONTEXT:
                return combined(common.getCombinedValidationContext(), at.at("combined_validation_context"));
            default:
                at.refuse(
                        "validation_context",
                        common.getValidationContextTypeCase(),
                        "the roots of the mesh: combined_validation_context or validation_context_sds_secret_config");
                return List.of();
        }
    }

    @SuppressWarnings("deprecation") // likewise
    private static List<String> combined(CombinedCertificateValidationContext found, Place place) {
        COMBINED.check(found, place);
        if (found.hasValidationContextSdsSecretConfig()) {
            named(
                    found.getValidationContextSdsSecretConfig().getName(),
                    MESH_ROOTS,
                    place.at("validation_context_sds_secret_config"));
        }
        if (found.hasValidationContextCertificateProviderInstance()) {
            named(
                    found.getValidationContextCertificateProviderInstance().getCertificateName(),
                    MESH_ROOTS,
                    place.at("validation_context_certificate_provider_instance"));
        }
        return names(found.getDefaultValidationContext(), place.at("default_validation_context"));
    }

    @SuppressWarnings("deprecation") // match_subject_alt_names is what istiod writes
    private static List<String> names(CertificateValidationContext found, Place place) {
        VALIDATION.check(found, place);
        if (found.hasCaCertificateProviderInstance()) {
            named(
                    found.getCaCertificateProviderInstance().getCertificateName(),
                    MESH_ROOTS,
                    place.at("ca_certificate_provider_instance"));
        }
        List<String> beginnings = new ArrayList<>();
        for (int i = 0; i < found.getMatchSubjectAltNamesCount(); i++) {
            StringMatcher matcher = found.getMatchSubjectAltNames(i);
            if (matcher.getMatchPatternCase() == StringMatcher.MatchPatternCase.PREFIX
                    && !matcher.getIgnoreCase()
                    && matcher.getPrefix().startsWith("spiffe://")) {
                beginnings.add(matcher.getPrefix());
            } else {
                place.at("match_subject_alt_names", i)
                        .refuse(matcher.getMatchPatternCase(), "prefix, beginning with spiffe://");
            }
        }
        return beginnings;
    }

    private static void named(String name, String wanted, Place place) {
        if (!name.equals(wanted)) {
            place.refuse(name, wanted + "; other certificates are not supported");
        }
    }
}
