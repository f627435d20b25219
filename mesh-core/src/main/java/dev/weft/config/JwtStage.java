package dev.weft.config;

import java.util.List;
import java.util.Map;

/**
 * Tokens that requests must or may carry: Envoy's {@code jwt_authn} filter, as a RequestAuthentication becomes it.
 *
 * @param providers by name
 * @param rules the first that matches the path holds; a path that none matches needs no token
 * @param bypassCorsPreflight a preflight carries no credentials and passes
 * @param stripFailureResponse a refused caller is told the status only
 */
public record JwtStage(
        Map<String, JwtProvider> providers, List<Rule> rules, boolean bypassCorsPreflight, boolean stripFailureResponse)
        implements InboundStage {

    public JwtStage {
        providers = Map.copyOf(providers);
        rules = List.copyOf(rules);
        for (Rule rule : rules) {
            for (String named : rule.requires().providers()) {
                if (!providers.containsKey(named)) {
                    throw new IllegalArgumentException("requires " + named + ", one of " + providers.keySet());
                }
            }
        }
    }

    /**
     * What holds for a part of the paths.
     *
     * @param path exact or prefix
     */
    public record Rule(PathMatch path, JwtRequirement requires) {}
}
