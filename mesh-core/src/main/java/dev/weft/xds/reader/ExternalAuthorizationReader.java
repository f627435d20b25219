package dev.weft.xds.reader;

import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.Fraction;
import dev.weft.config.StringMatch;
import dev.weft.proto.envoy.config.core.v3.ApiVersion;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import dev.weft.proto.envoy.type.matcher.v3.ListStringMatcher;
import java.util.ArrayList;
import java.util.List;

/** {@code ExtAuthz}: the filter that a policy with action CUSTOM becomes. */
final class ExternalAuthorizationReader {
    private static final KnownFields FILTER = KnownFields.of(ExtAuthz.getDescriptor())
            .honours(
                    "grpc_service",
                    "http_service",
                    "transport_api_version",
                    "failure_mode_allow",
                    "failure_mode_allow_header_add",
                    "status_on_error",
                    "filter_enabled",
                    "filter_enabled_metadata",
                    "deny_at_disable",
                    "allowed_headers",
                    "disallowed_headers",
                    "metadata_context_namespaces",
                    "include_tls_session")
            // Statistics; routes that are chosen anew, of which there are none behind a server; and checks of what an
            // authorizer wants changed, which are always made.
            .skips(
                    "stat_prefix",
                    "charge_cluster_response_stats",
                    "clear_route_cache",
                    "validate_mutations",
                    "emit_filter_state_stats",
                    "filter_metadata")
            // The authorizer is told less than it was promised, and answers accordingly.
            .warns("bootstrap_metadata_labels_key");

    private static final int FORBIDDEN = 403;

    private ExternalAuthorizationReader() {}

    /** What it says; of no meaning if a problem was found. */
    static ExternalAuthorizationStage read(ExtAuthz found, Place place) {
        FILTER.check(found, place);
        if (found.getTransportApiVersion() != ApiVersion.V3) {
            place.refuse("transport_api_version", found.getTransportApiVersion(), "V3");
        }
        if (found.hasFilterEnabled()) {
            Fraction share = Values.fraction(found.getFilterEnabled(), place.at("filter_enabled"));
            if (!share.always()) {
                place.refuse("filter_enabled", share, "100 %; asking about a share of the requests is not supported");
            }
        }
        AuthorizerReader authorizer = AuthorizerReader.read(found, place);
        return new ExternalAuthorizationStage(
                authorizer.service(),
                authorizer.cluster(),
                authorizer.timeout(),
                found.getFailureModeAllow(),
                found.getFailureModeAllowHeaderAdd(),
                status(found, place),
                found.hasFilterEnabledMetadata()
                        ? ConditionReader.match(found.getFilterEnabledMetadata(), place.at("filter_enabled_metadata"))
                        : null,
                found.getDenyAtDisable().getDefaultValue().getValue(),
                found.hasAllowedHeaders()
                        ? matches(found.getAllowedHeaders(), place.at("allowed_headers"))
                        : authorizer.olderAllowedHeaders(),
                matches(found.getDisallowedHeaders(), place.at("disallowed_headers")),
                found.getMetadataContextNamespacesList(),
                found.getIncludeTlsSession());
    }

    private static int status(ExtAuthz found, Place place) {
        int status = found.getStatusOnError().getCodeValue();
        if (found.hasStatusOnError() && status != 0 && (status < 200 || status > 599)) {
            place.refuse("status_on_error.code", status, "an HTTP status from 200 to 599");
        }
        return status == 0 ? FORBIDDEN : status;
    }

    static List<StringMatch> matches(ListStringMatcher found, Place place) {
        List<StringMatch> matches = new ArrayList<>(found.getPatternsCount());
        for (int i = 0; i < found.getPatternsCount(); i++) {
            StringMatch match = Values.match(found.getPatterns(i), place.at("patterns", i));
            if (match != null) {
                matches.add(match);
            }
        }
        return matches;
    }
}
