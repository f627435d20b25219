package dev.weft.xds.reader;

import dev.weft.config.JwtProvider;
import dev.weft.config.JwtRequirement;
import dev.weft.config.JwtStage;
import dev.weft.config.PathMatch;
import dev.weft.config.RouteMatch;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.RequirementRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code JwtAuthentication}: the filter that a RequestAuthentication becomes. */
final class JwtReader {
    private static final KnownFields FILTER = KnownFields.of(JwtAuthentication.getDescriptor())
            .honours("providers", "rules", "bypass_cors_preflight", "requirement_map", "strip_failure_response")
            // Names statistics.
            .skips("stat_prefix");
    private static final KnownFields RULE =
            KnownFields.of(RequirementRule.getDescriptor()).honours("match", "requires", "requirement_name");

    private JwtReader() {}

    /** What it says; of no meaning if a problem was found. */
    static JwtStage read(JwtAuthentication found, Place place) {
        FILTER.check(found, place);
        Map<String, JwtProvider> providers = new LinkedHashMap<>();
        found.getProvidersMap()
                .forEach((name, provider) ->
                        providers.put(name, JwtProviderReader.read(provider, place.at("providers", name))));
        JwtRequirementReader requirements = new JwtRequirementReader(providers.keySet());
        Map<String, JwtRequirement> named = new LinkedHashMap<>();
        found.getRequirementMapMap()
                .forEach((name, requirement) ->
                        named.put(name, requirements.read(requirement, place.at("requirement_map", name))));
        List<JwtStage.Rule> rules = new ArrayList<>(found.getRulesCount());
        for (int i = 0; i < found.getRulesCount(); i++) {
            rules.add(rule(found.getRules(i), requirements, named, place.at("rules", i)));
        }
        return new JwtStage(providers, rules, found.getBypassCorsPreflight(), found.getStripFailureResponse());
    }

    private static JwtStage.Rule rule(
            RequirementRule found, JwtRequirementReader requirements, Map<String, JwtRequirement> named, Place place) {
        RULE.check(found, place);
        PathMatch path = path(found, place.at("match"));
        switch (found.getRequirementTypeCase()) {
            case REQUIRES:
                return new JwtStage.Rule(path, requirements.read(found.getRequires(), place.at("requires")));
            case REQUIREMENT_NAME:
                JwtRequirement requirement = named.get(found.getRequirementName());
                if (requirement == null) {
                    place.refuse("requirement_name", found.getRequirementName(), "one of " + named.keySet());
                    return new JwtStage.Rule(path, new JwtRequirement.Nothing());
                }
                return new JwtStage.Rule(path, requirement);
            default:
                // Envoy: a rule that asks for nothing exempts its paths from the rules after it.
                return new JwtStage.Rule(path, new JwtRequirement.Nothing());
        }
    }

    private static PathMatch path(RequirementRule found, Place place) {
        RouteMatch match = RouteMatchReader.read(found.getMatch(), place);
        boolean plain =
                match.headers().isEmpty() && match.query().isEmpty() && match.fraction() == null && !match.grpcOnly();
        if (!plain) {
            place.refuse(null, "a path alone; other conditions of a JWT rule are not supported");
        }
        if (!(match.path() instanceof PathMatch.Prefix) && !(match.path() instanceof PathMatch.Exact)) {
            place.refuse(null, "prefix or path; other path conditions of a JWT rule are not supported");
        }
        return match.path();
    }
}
