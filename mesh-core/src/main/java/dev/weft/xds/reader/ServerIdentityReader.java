package dev.weft.xds.reader;

import dev.weft.config.UpstreamTls.Mode;
import dev.weft.identity.SpiffeId;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext.TrustChainVerification;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The validation part of a TLS context: whose signature and which names a server must show. Unknown fields refuse.
 *
 * @param names of which the server must show one; empty = by mode
 * @param caCertificates file of roots, or empty: by mode
 * @param unverified the server need not prove anything
 */
record ServerIdentityReader(List<String> names, String caCertificates, boolean unverified) {
    private static final KnownFields CONTEXT = KnownFields.of(CertificateValidationContext.getDescriptor())
            .honours(
                    "trusted_ca",
                    "ca_certificate_provider_instance",
                    "system_root_certs",
                    "match_typed_subject_alt_names",
                    "match_subject_alt_names",
                    "trust_chain_verification")
            // The file of roots is watched itself.
            .skips("watched_directory");
    private static final KnownFields COMBINED = KnownFields.of(CombinedCertificateValidationContext.getDescriptor())
            .honours(
                    "default_validation_context",
                    "validation_context_sds_secret_config",
                    "validation_context_certificate_provider_instance");
    private static final KnownFields TYPED =
            KnownFields.of(SubjectAltNameMatcher.getDescriptor()).honours("san_type", "matcher");

    /** The roots of the mesh. */
    private static final Set<String> MESH_ROOTS = Set.of("ROOTCA", "default");

    /** What istiod calls a file of roots. */
    private static final String FILE = "file-root:";

    private static final Set<String> SYSTEM_ROOTS = Set.of("file-root:system", "SYSTEM");
    private static final Set<String> SYSTEM_FILES = Set.of(
            "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem", "system");

    @SuppressWarnings("deprecation") // the older spelling of certificate providers comes beside the newer
    static ServerIdentityReader read(CommonTlsContext found, Mode mode, Place place) {
        switch (found.getValidationContextTypeCase()) {
            case VALIDATION_CONTEXT:
                return context(found.getValidationContext(), "", mode, place.at("validation_context"));
            case VALIDATION_CONTEXT_SDS_SECRET_CONFIG:
                String file = roots(
                        found.getValidationContextSdsSecretConfig().getName(),
                        mode,
                        place.at("validation_context_sds_secret_config.name"));
                return new ServerIdentityReader(List.of(), file, false);
            case COMBINED_VALIDATION_CONTEXT:
                CombinedCertificateValidationContext combined = found.getCombinedValidationContext();
                Place at = place.at("combined_validation_context");
                COMBINED.check(combined, at);
                String roots = combined.hasValidationContextSdsSecretConfig()
                        ? roots(
                                combined.getValidationContextSdsSecretConfig().getName(),
                                mode,
                                at.at("validation_context_sds_secret_config.name"))
                        : "";
                return context(
                        combined.getDefaultValidationContext(), roots, mode, at.at("default_validation_context"));
            case VALIDATIONCONTEXTTYPE_NOT_SET:
                warnOfSilence(mode, place);
                return new ServerIdentityReader(List.of(), "", false);
            default:
                return new ServerIdentityReader(List.of(), "", false);
        }
    }

    /** istiod says {@code insecureSkipVerify} by saying nothing. Silence is not taken for that word here. */
    private static void warnOfSilence(Mode mode, Place place) {
        if (mode != Mode.ISTIO_MUTUAL) {
            place.warn(
                    "validation_context",
                    null,
                    "roots to check the server by; Weft checks by those of the JVM where Envoy checks nothing");
        }
    }

    /** @return the file, or empty: those of the mode */
    private static String roots(String name, Mode mode, Place place) {
        if (mode == Mode.ISTIO_MUTUAL) {
            if (!MESH_ROOTS.contains(name)) {
                place.refuse(name, "one of " + MESH_ROOTS + ", the roots of the mesh");
            }
            return "";
        }
        if (SYSTEM_ROOTS.contains(name)) {
            return "";
        }
        if (name.startsWith(FILE) && name.length() > FILE.length()) {
            return name.substring(FILE.length());
        }
        place.refuse(name, "`file-root:FILE` or one of " + SYSTEM_ROOTS + "; other roots are not supported");
        return "";
    }

    @SuppressWarnings("deprecation") // match_subject_alt_names is what istiod writes
    private static ServerIdentityReader context(
            CertificateValidationContext found, String rootsBefore, Mode mode, Place place) {
        CONTEXT.check(found, place);
        String roots = rootsBefore;
        if (found.hasTrustedCa()) {
            roots = file(found, mode, place.at("trusted_ca"));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < found.getMatchTypedSubjectAltNamesCount(); i++) {
            SubjectAltNameMatcher typed = found.getMatchTypedSubjectAltNames(i);
            Place at = place.at("match_typed_subject_alt_names", i);
            TYPED.check(typed, at);
            if (!ServerNames.kind(typed.getMatcher().getExact())
                    .equals(typed.getSanType().name())) {
                at.refuse(
                        "san_type",
                        typed.getSanType(),
                        ServerNames.kind(typed.getMatcher().getExact())
                                + ", which is what the name is; DNS, URI and IP_ADDRESS are supported");
            }
            name(typed.getMatcher(), names, mode, at.at("matcher"));
        }
        for (int i = 0; i < found.getMatchSubjectAltNamesCount(); i++) {
            name(found.getMatchSubjectAltNames(i), names, mode, place.at("match_subject_alt_names", i));
        }
        boolean unverified = found.getTrustChainVerification() == TrustChainVerification.ACCEPT_UNTRUSTED;
        if (unverified && (mode == Mode.ISTIO_MUTUAL || !names.isEmpty() || !roots.isEmpty())) {
            place.refuse(
                    "trust_chain_verification",
                    found.getTrustChainVerification(),
                    "VERIFY_TRUST_CHAIN with ISTIO_MUTUAL, with names or with roots");
            unverified = false;
        } else if (!unverified && found.getTrustChainVerification() != TrustChainVerification.VERIFY_TRUST_CHAIN) {
            place.refuse(
                    "trust_chain_verification",
                    found.getTrustChainVerification(),
                    "VERIFY_TRUST_CHAIN or ACCEPT_UNTRUSTED");
        }
        return new ServerIdentityReader(names, roots, unverified);
    }

    private static String file(CertificateValidationContext found, Mode mode, Place place) {
        String name = found.getTrustedCa().getFilename();
        if (mode == Mode.ISTIO_MUTUAL) {
            place.refuse(name, "absent; the mesh has its own roots");
            return "";
        }
        if (name.isEmpty()) {
            place.refuse(found.getTrustedCa().getSpecifierCase(), "filename");
        }
        return SYSTEM_FILES.contains(name) ? "" : name;
    }

    private static void name(StringMatcher found, List<String> names, Mode mode, Place place) {
        String name = found.getExact();
        if (found.getMatchPatternCase() != StringMatcher.MatchPatternCase.EXACT || found.getIgnoreCase()) {
            place.refuse(found.getMatchPatternCase(), "exact; a server's name is not matched by pattern");
        } else if (mode == Mode.ISTIO_MUTUAL && !isIdentity(name)) {
            place.refuse(name, "a SPIFFE identity, as spiffe://cluster.local/ns/default/sa/reviews");
        } else {
            names.add(name);
        }
    }

    private static boolean isIdentity(String name) {
        try {
            SpiffeId unused = SpiffeId.parse(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
