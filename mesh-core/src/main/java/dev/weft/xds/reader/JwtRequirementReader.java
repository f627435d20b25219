package dev.weft.xds.reader;

import dev.weft.config.JwtRequirement;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.ProviderWithAudiences;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code JwtRequirement}, which nests.
 *
 * @param providers that may be named
 */
record JwtRequirementReader(Set<String> providers) {
    private static final KnownFields REQUIREMENT = KnownFields.of(
                    dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement.getDescriptor())
            .honours(
                    "provider_name",
                    "provider_and_audiences",
                    "requires_any",
                    "requires_all",
                    "allow_missing_or_failed",
                    "allow_missing");
    private static final KnownFields WITH_AUDIENCES =
            KnownFields.of(ProviderWithAudiences.getDescriptor()).honours("provider_name", "audiences");

    JwtRequirement read(dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement found, Place place) {
        REQUIREMENT.check(found, place);
        switch (found.getRequiresTypeCase()) {
            case PROVIDER_NAME:
                return provider(found.getProviderName(), List.of(), place.at("provider_name"));
            case PROVIDER_AND_AUDIENCES:
                ProviderWithAudiences both = found.getProviderAndAudiences();
                Place at = place.at("provider_and_audiences");
                WITH_AUDIENCES.check(both, at);
                return provider(both.getProviderName(), both.getAudiencesList(), at.at("provider_name"));
            case REQUIRES_ANY:
                List<JwtRequirement> any = list(found.getRequiresAny().getRequirementsList(), place.at("requires_any"));
                return any.isEmpty() ? new JwtRequirement.Nothing() : new JwtRequirement.Any(any);
            case REQUIRES_ALL:
                List<JwtRequirement> all = list(found.getRequiresAll().getRequirementsList(), place.at("requires_all"));
                return all.isEmpty() ? new JwtRequirement.Nothing() : new JwtRequirement.All(all);
            case ALLOW_MISSING_OR_FAILED:
                return new JwtRequirement.AllowMissingOrFailed();
            case ALLOW_MISSING:
                return new JwtRequirement.AllowMissing();
            default:
                return new JwtRequirement.Nothing();
        }
    }

    private JwtRequirement provider(String name, List<String> audiences, Place place) {
        if (!providers.contains(name)) {
            place.refuse(name, "one of " + providers);
            return new JwtRequirement.Nothing();
        }
        return new JwtRequirement.Provider(name, audiences);
    }

    private List<JwtRequirement> list(
            List<dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement> found, Place place) {
        if (found.isEmpty()) {
            place.refuse("requirements", null, "at least one requirement");
        }
        List<JwtRequirement> list = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            list.add(read(found.get(i), place.at("requirements", i)));
        }
        return list;
    }
}
