package dev.weft.xds.reader;

import dev.weft.config.JwtProvider;
import dev.weft.config.JwtProvider.ClaimHeader;
import dev.weft.config.JwtProvider.Location;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtCacheConfig;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code JwtProvider}: one issuer. */
final class JwtProviderReader {
    private static final KnownFields PROVIDER = KnownFields.of(
                    dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider.getDescriptor())
            .honours(
                    "issuer",
                    "audiences",
                    "subjects",
                    "require_expiration",
                    "max_lifetime",
                    "remote_jwks",
                    "local_jwks",
                    "forward",
                    "from_headers",
                    "from_params",
                    "from_cookies",
                    "forward_payload_header",
                    "pad_forward_payload_header",
                    "payload_in_metadata",
                    "normalize_payload_in_metadata",
                    "header_in_metadata",
                    "failed_status_in_metadata",
                    "clock_skew_seconds",
                    "jwt_cache_config",
                    "claim_to_headers")
            // A route that was chosen already is chosen anew: there are no routes behind a server.
            .skips("clear_route_cache");
    private static final KnownFields HEADER =
            KnownFields.of(JwtHeader.getDescriptor()).honours("name", "value_prefix");
    private static final KnownFields CLAIM =
            KnownFields.of(JwtClaimToHeader.getDescriptor()).honours("header_name", "claim_name");
    private static final KnownFields CACHE =
            KnownFields.of(JwtCacheConfig.getDescriptor()).honours("jwt_cache_size", "jwt_max_token_size");
    private static final KnownFields NORMALIZE = KnownFields.of(
                    dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider.NormalizePayload
                            .getDescriptor())
            .honours("space_delimited_claims");

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    /** Nobody needs more, and a number in a message must not order memory. */
    private static final int MAX_TOKENS = 10_000;

    private static final int MAX_TOKEN_CHARS = 60 * 1024;

    private JwtProviderReader() {}

    static JwtProvider read(dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider found, Place place) {
        PROVIDER.check(found, place);
        NORMALIZE.check(found.getNormalizePayloadInMetadata(), place.at("normalize_payload_in_metadata"));
        return new JwtProvider(
                found.getIssuer(),
                found.getAudiencesList(),
                found.hasSubjects() ? Values.match(found.getSubjects(), place.at("subjects")) : null,
                lifetime(found, place),
                found.getClockSkewSeconds() == 0
                        ? CLOCK_SKEW
                        : Duration.ofSeconds(Integer.toUnsignedLong(found.getClockSkewSeconds())),
                JwksReader.read(found, place),
                locations(found, place),
                found.getForward(),
                headerName(found.getForwardPayloadHeader(), true, place.at("forward_payload_header")),
                found.getPadForwardPayloadHeader(),
                claims(found.getClaimToHeadersList(), place),
                found.getPayloadInMetadata(),
                found.getHeaderInMetadata(),
                found.getFailedStatusInMetadata(),
                found.getNormalizePayloadInMetadata().getSpaceDelimitedClaimsList(),
                cache(found, place));
    }

    private static @Nullable Duration lifetime(
            dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider found, Place place) {
        if (found.hasMaxLifetime()) {
            return Values.duration(found.getMaxLifetime(), place.at("max_lifetime"));
        }
        return found.getRequireExpiration() ? JwtProvider.UNLIMITED : null;
    }

    private static List<Location> locations(
            dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider found, Place place) {
        List<Location> locations = new ArrayList<>();
        for (int i = 0; i < found.getFromHeadersCount(); i++) {
            JwtHeader header = found.getFromHeaders(i);
            Place at = place.at("from_headers", i);
            HEADER.check(header, at);
            locations.add(
                    new Location.Header(headerName(header.getName(), false, at.at("name")), header.getValuePrefix()));
        }
        found.getFromParamsList().forEach(name -> locations.add(new Location.Parameter(name)));
        found.getFromCookiesList().forEach(name -> locations.add(new Location.Cookie(name)));
        if (locations.isEmpty()) {
            locations.add(new Location.Header("authorization", "Bearer "));
            locations.add(new Location.Parameter("access_token"));
        }
        return locations;
    }

    private static List<ClaimHeader> claims(List<JwtClaimToHeader> found, Place place) {
        List<ClaimHeader> claims = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            Place at = place.at("claim_to_headers", i);
            CLAIM.check(found.get(i), at);
            if (found.get(i).getClaimName().isEmpty()) {
                at.refuse("claim_name", "", "the name of a claim");
            }
            claims.add(new ClaimHeader(
                    headerName(found.get(i).getHeaderName(), false, at.at("header_name")),
                    found.get(i).getClaimName()));
        }
        return claims;
    }

    private static String headerName(String found, boolean mayBeEmpty, Place place) {
        boolean token = found.chars().allMatch(c -> c > ' ' && c < 0x7F && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
        if (!token || found.isEmpty() && !mayBeEmpty || found.equalsIgnoreCase("host")) {
            place.refuse(found, "the name of a header field other than host");
        }
        return found.toLowerCase(Locale.ROOT);
    }

    private static JwtProvider.Cache cache(
            dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider found, Place place) {
        if (!found.hasJwtCacheConfig()) {
            return JwtProvider.Cache.DEFAULT;
        }
        JwtCacheConfig said = found.getJwtCacheConfig();
        CACHE.check(said, place.at("jwt_cache_config"));
        return new JwtProvider.Cache(
                bounded(said.getJwtCacheSize(), JwtProvider.Cache.DEFAULT.tokens(), MAX_TOKENS),
                bounded(said.getJwtMaxTokenSize(), JwtProvider.Cache.DEFAULT.maxChars(), MAX_TOKEN_CHARS));
    }

    /** 0 means the default, as in Envoy. */
    private static int bounded(int unsigned, int otherwise, int max) {
        return unsigned == 0 ? otherwise : (int) Math.min(Integer.toUnsignedLong(unsigned), max);
    }
}
