package dev.weft.xds.reader;

import dev.weft.config.AccessCondition;
import dev.weft.config.AccessCondition.Whose;
import dev.weft.config.StringMatch;
import dev.weft.proto.envoy.config.core.v3.CidrRange;
import dev.weft.proto.envoy.config.rbac.v3.Principal;
import dev.weft.proto.envoy.config.rbac.v3.Principal.Authenticated;
import dev.weft.proto.envoy.type.matcher.v3.FilterStateMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Principal}: a condition on who asks. Null, with a problem, for one that is not understood. */
final class PrincipalReader {
    private static final KnownFields PRINCIPAL = KnownFields.of(Principal.getDescriptor())
            .honours(
                    "and_ids",
                    "or_ids",
                    "not_id",
                    "any",
                    "authenticated",
                    "source_ip",
                    "direct_remote_ip",
                    "remote_ip",
                    "header",
                    "url_path",
                    "metadata",
                    "sourced_metadata",
                    "filter_state");
    private static final KnownFields AUTHENTICATED =
            KnownFields.of(Authenticated.getDescriptor()).honours("principal_name");
    private static final KnownFields FILTER_STATE =
            KnownFields.of(FilterStateMatcher.getDescriptor()).honours("key", "string_match");

    /** Where istiod's waypoints keep what a certificate proved. */
    private static final String PEER_PRINCIPAL = "io.istio.peer_principal";

    private PrincipalReader() {}

    @SuppressWarnings("deprecation") // source_ip still comes
    static @Nullable AccessCondition read(Principal found, Place place) {
        PRINCIPAL.check(found, place);
        switch (found.getIdentifierCase()) {
            case AND_IDS:
                return new AccessCondition.All(all(found.getAndIds().getIdsList(), place.at("and_ids")));
            case OR_IDS:
                return new AccessCondition.OneOf(all(found.getOrIds().getIdsList(), place.at("or_ids")));
            case NOT_ID:
                AccessCondition not = read(found.getNotId(), place.at("not_id"));
                return not == null ? null : new AccessCondition.Not(not);
            case ANY:
                return new AccessCondition.Any();
            case AUTHENTICATED:
                return authenticated(found.getAuthenticated(), place.at("authenticated"));
            case SOURCE_IP:
                return address(found.getSourceIp(), Whose.CONNECTION, place.at("source_ip"));
            case DIRECT_REMOTE_IP:
                return address(found.getDirectRemoteIp(), Whose.CONNECTION, place.at("direct_remote_ip"));
            case REMOTE_IP:
                return address(found.getRemoteIp(), Whose.FORWARDED, place.at("remote_ip"));
            case HEADER:
                return ConditionReader.header(found.getHeader(), place.at("header"));
            case URL_PATH:
                return ConditionReader.path(found.getUrlPath(), place.at("url_path"));
            case METADATA:
                return ConditionReader.metadata(found.getMetadata(), place.at("metadata"));
            case SOURCED_METADATA:
                return ConditionReader.metadata(found.getSourcedMetadata(), place.at("sourced_metadata"));
            case FILTER_STATE:
                return filterState(found.getFilterState(), place.at("filter_state"));
            case IDENTIFIER_NOT_SET:
                place.refuse(null, "a condition");
                return null;
            default:
                // The field check has refused it by name.
                return null;
        }
    }

    private static List<AccessCondition> all(List<Principal> found, Place place) {
        List<AccessCondition> read = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            AccessCondition condition = read(found.get(i), place.at("ids", i));
            if (condition != null) {
                read.add(condition);
            }
        }
        if (found.isEmpty()) {
            place.refuse("ids", null, "one condition at least");
        }
        return read;
    }

    private static @Nullable AccessCondition authenticated(Authenticated found, Place place) {
        AUTHENTICATED.check(found, place);
        if (!found.hasPrincipalName()) {
            return new AccessCondition.Authenticated(null);
        }
        return named(Values.match(found.getPrincipalName(), place.at("principal_name")));
    }

    private static @Nullable AccessCondition filterState(FilterStateMatcher found, Place place) {
        FILTER_STATE.check(found, place);
        if (!found.getKey().equals(PEER_PRINCIPAL)) {
            place.refuse("key", found.getKey(), PEER_PRINCIPAL);
            return null;
        }
        return named(Values.match(found.getStringMatch(), place.at("string_match")));
    }

    private static @Nullable AccessCondition named(@Nullable StringMatch name) {
        return name == null ? null : new AccessCondition.Authenticated(name);
    }

    private static @Nullable AccessCondition address(CidrRange found, Whose whose, Place place) {
        var range = ConditionReader.range(found, place);
        return range == null ? null : new AccessCondition.SourceIp(range, whose);
    }
}
