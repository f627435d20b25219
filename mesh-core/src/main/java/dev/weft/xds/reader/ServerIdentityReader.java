package dev.weft.xds.reader;

import dev.weft.config.UpstreamTls.Mode;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The validation part of a TLS context: whose signature and which names a server must show. Unknown fields refuse. */
final class ServerIdentityReader {
    private static final KnownFields CONTEXT = KnownFields.of(CertificateValidationContext.getDescriptor())
            .honours(
                    "trusted_ca",
                    "ca_certificate_provider_instance",
                    "system_root_certs",
                    "match_typed_subject_alt_names",
                    "match_subject_alt_names",
                    "trust_chain_verification");
    private static final KnownFields COMBINED = KnownFields.of(CombinedCertificateValidationContext.getDescriptor())
            .honours(
                    "default_validation_context",
                    "validation_context_sds_secret_config",
                    "validation_context_certificate_provider_instance");

    /** The roots of the mesh, and the roots of the machine. */
    private static final Set<String> MESH_ROOTS = Set.of("ROOTCA", "default");

    private static final Set<String> SYSTEM_ROOTS = Set.of("file-root:system", "SYSTEM");
    private static final Set<String> SYSTEM_FILES = Set.of(
            "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem", "system");

    private ServerIdentityReader() {}

    /** The names of which a server must show one. */
    @SuppressWarnings("deprecation") // the older spelling of certificate providers comes beside the newer
    static List<String> read(CommonTlsContext found, Mode mode, Place place) {
        switch (found.getValidationContextTypeCase()) {
            case VALIDATION_CONTEXT:
                return context(found.getValidationContext(), mode, place.at("validation_context"));
            case VALIDATION_CONTEXT_SDS_SECRET_CONFIG:
                roots(
                        found.getValidationContextSdsSecretConfig().getName(),
                        mode,
                        place.at("validation_context_sds_secret_config.name"));
                return List.of();
            case COMBINED_VALIDATION_CONTEXT:
                CombinedCertificateValidationContext combined = found.getCombinedValidationContext();
                Place at = place.at("combined_validation_context");
                COMBINED.check(combined, at);
                if (combined.hasValidationContextSdsSecretConfig()) {
                    roots(
                            combined.getValidationContextSdsSecretConfig().getName(),
                            mode,
                            at.at("validation_context_sds_secret_config.name"));
                }
                return context(combined.getDefaultValidationContext(), mode, at.at("default_validation_context"));
            case VALIDATIONCONTEXTTYPE_NOT_SET:
                if (mode == Mode.SIMPLE) {
                    place.warn(
                            "validation_context",
                            null,
                            "roots to check the server by; Weft checks by those of the JVM where Envoy checks nothing");
                }
                return List.of();
            default:
                return List.of();
        }
    }

    private static void roots(String name, Mode mode, Place place) {
        Set<String> expected = mode == Mode.SIMPLE ? SYSTEM_ROOTS : MESH_ROOTS;
        if (!expected.contains(name)) {
            place.refuse(name, "one of " + expected + "; other roots are not supported");
        }
    }

    @SuppressWarnings("deprecation") // match_subject_alt_names is what istiod writes
    private static List<String> context(CertificateValidationContext found, Mode mode, Place place) {
        CONTEXT.check(found, place);
        if (found.getTrustChainVerification()
                != CertificateValidationContext.TrustChainVerification.VERIFY_TRUST_CHAIN) {
            place.refuse("trust_chain_verification", found.getTrustChainVerification(), "VERIFY_TRUST_CHAIN");
        }
        if (found.hasTrustedCa() && !SYSTEM_FILES.contains(found.getTrustedCa().getFilename())) {
            place.refuse(
                    "trusted_ca",
                    found.getTrustedCa().getFilename(),
                    "the roots of the machine; other roots are not supported");
        }
        if (found.hasTrustedCa() && mode != Mode.SIMPLE) {
            place.refuse("trusted_ca", found.getTrustedCa().getFilename(), "absent; the mesh has its own roots");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < found.getMatchTypedSubjectAltNamesCount(); i++) {
            name(
                    found.getMatchTypedSubjectAltNames(i).getMatcher(),
                    names,
                    place.at("match_typed_subject_alt_names", i).at("matcher"));
        }
        for (int i = 0; i < found.getMatchSubjectAltNamesCount(); i++) {
            name(found.getMatchSubjectAltNames(i), names, place.at("match_subject_alt_names", i));
        }
        return names;
    }

    private static void name(StringMatcher found, List<String> names, Place place) {
        if (found.getMatchPatternCase() == StringMatcher.MatchPatternCase.EXACT && !found.getIgnoreCase()) {
            names.add(found.getExact());
        } else {
            place.refuse(found.getMatchPatternCase(), "exact; a server's name is not matched by pattern");
        }
    }
}
