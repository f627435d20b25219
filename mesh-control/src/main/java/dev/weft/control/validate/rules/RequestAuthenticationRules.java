package dev.weft.control.validate.rules;

import java.util.List;

/** A RequestAuthentication: issuers whose keys can be had, places where tokens are. */
final class RequestAuthenticationRules {
    private RequestAuthenticationRules() {}

    static void check(Place spec) {
        Selectors.policy(spec);
        spec.get("jwtRules").items().forEach(RequestAuthenticationRules::rule);
    }

    private static void rule(Place rule) {
        filled(rule.get("audiences").items(), "an audience was expected");
        Place uri = rule.get("jwksUri");
        if (!rule.get("issuer").filled() && !uri.filled()) {
            rule.get("issuer").error("an issuer or a jwksUri was expected");
        }
        if (uri.filled()) {
            uri.error(Urls.check(uri.text(), List.of("http", "https")));
        }
        if (rule.get("jwks").filled()) {
            Jwks.check(rule.get("jwks"));
        }
        for (Place header : rule.get("fromHeaders").items()) {
            filled(List.of(header.get("name")), "the name of a header was expected");
        }
        filled(rule.get("fromParams").items(), "the name of a query parameter was expected");
        filled(rule.get("fromCookies").items(), "the name of a cookie was expected");
        for (Place claim : rule.get("outputClaimToHeaders").items()) {
            filled(List.of(claim.get("claim")), "the name of a claim was expected");
            if (!HeaderRules.name(claim.get("header").text())) {
                claim.get("header").error("the name of a header was expected");
            }
        }
        for (Place claim : rule.get("spaceDelimitedClaims").items()) {
            if (!claim.filled()) {
                claim.warning("Kubernetes refuses the empty name of a claim");
            }
        }
        Values.duration(rule.get("timeout"));
    }

    private static void filled(List<Place> places, String expectation) {
        places.stream().filter(place -> !place.filled()).forEach(place -> place.error(expectation));
    }
}
