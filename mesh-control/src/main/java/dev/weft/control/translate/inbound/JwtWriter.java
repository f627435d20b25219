package dev.weft.control.translate.inbound;

import com.google.protobuf.Empty;
import dev.weft.control.istio.RequestAuthentication;
import dev.weft.control.istio.RequestAuthentication.JwtRule;
import dev.weft.control.istio.Resource;
import dev.weft.proto.envoy.config.core.v3.DataSource;
import dev.weft.proto.envoy.config.route.v3.RouteMatch;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtHeader;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementAndList;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementOrList;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.RequirementRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes which tokens are accepted: none at all is, a wrong one never. */
final class JwtWriter {
    /**
     * Stands in for keys that cannot be had. Nobody has its private half: x is the first SHA-256 of {@code "weft: a key that nobody has
     * N"} that lies on P-256, y the smaller of the two that belong to it, so that no one ever had a number to multiply.
     */
    static final String NOBODYS_KEY =
            "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"use\":\"sig\",\"kid\":\"nobody\","
                    + "\"x\":\"GbdCDZ2KoO2JbsfkJN8v2xp2LyO5RoaXx2HxAh8DcwY\",\"y\":\"DFTHq1_tI701_46kAfw9o9BGCR-Gqk053P_cbbxiMiE\"}]}";

    /** Claims with several words, beside those that a rule names. */
    private static final List<String> SPACE_DELIMITED = List.of("permission", "scope");

    private JwtWriter() {}

    /** The filter, or null if nothing is said about tokens. */
    static @Nullable JwtAuthentication write(List<Resource<RequestAuthentication>> resources, KeySets keys) {
        List<JwtRule> rules = new ArrayList<>();
        resources.forEach(resource -> rules.addAll(resource.spec().rules()));
        if (rules.isEmpty()) {
            return null;
        }
        rules.sort(Comparator.comparing(JwtRule::issuer));
        JwtAuthentication.Builder out = JwtAuthentication.newBuilder().setBypassCorsPreflight(true);
        JwtRequirementOrList.Builder anyOf = JwtRequirementOrList.newBuilder();
        JwtRequirementAndList.Builder each = JwtRequirementAndList.newBuilder();
        for (int i = 0; i < rules.size(); i++) {
            String name = "origins-" + i;
            JwtRequirement required =
                    JwtRequirement.newBuilder().setProviderName(name).build();
            out.putProviders(name, provider(rules.get(i), keys));
            anyOf.addRequirements(required);
            each.addRequirements(orMissing(required));
        }
        // One issuer: a good token or none. Several: a good token of any, or none where each would look for its own.
        JwtRequirement requirement = rules.size() == 1
                ? each.getRequirements(0)
                : JwtRequirement.newBuilder()
                        .setRequiresAny(anyOf.addRequirements(
                                JwtRequirement.newBuilder().setRequiresAll(each)))
                        .build();
        return out.addRules(RequirementRule.newBuilder()
                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                        .setRequires(requirement))
                .build();
    }

    private static JwtRequirement orMissing(JwtRequirement required) {
        return JwtRequirement.newBuilder()
                .setRequiresAny(JwtRequirementOrList.newBuilder()
                        .addRequirements(required)
                        .addRequirements(JwtRequirement.newBuilder().setAllowMissing(Empty.getDefaultInstance())))
                .build();
    }

    private static JwtProvider provider(JwtRule rule, KeySets keys) {
        TreeSet<String> spaced = new TreeSet<>(SPACE_DELIMITED);
        spaced.addAll(rule.spaceDelimitedClaims());
        JwtProvider.Builder out = JwtProvider.newBuilder()
                .setIssuer(rule.issuer())
                .addAllAudiences(rule.audiences())
                .setForward(rule.forwardOriginalToken())
                .setForwardPayloadHeader(rule.payloadHeader())
                .setPayloadInMetadata(Claims.PAYLOAD)
                .setNormalizePayloadInMetadata(
                        JwtProvider.NormalizePayload.newBuilder().addAllSpaceDelimitedClaims(spaced))
                .addAllFromParams(rule.fromParams())
                .addAllFromCookies(rule.fromCookies())
                .setLocalJwks(DataSource.newBuilder().setInlineString(jwks(rule, keys)));
        rule.fromHeaders()
                .forEach(header -> out.addFromHeaders(
                        JwtHeader.newBuilder().setName(header.name()).setValuePrefix(header.prefix())));
        rule.claimsToHeaders()
                .forEach(claim -> out.addClaimToHeaders(JwtClaimToHeader.newBuilder()
                        .setHeaderName(claim.header())
                        .setClaimName(claim.claim())));
        return out.build();
    }

    private static String jwks(JwtRule rule, KeySets keys) {
        if (rule.jwks() != null && !rule.jwks().isEmpty()) {
            return rule.jwks();
        }
        String found = keys.of(rule);
        return found == null ? NOBODYS_KEY : found;
    }
}
