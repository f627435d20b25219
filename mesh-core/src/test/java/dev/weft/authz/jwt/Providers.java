package dev.weft.authz.jwt;

import dev.weft.config.JwtProvider;
import dev.weft.config.JwtProvider.ClaimHeader;
import dev.weft.config.JwtProvider.Keys;
import dev.weft.config.JwtProvider.Location;
import dev.weft.config.JwtRequirement;
import dev.weft.config.JwtStage;
import dev.weft.config.PathMatch;
import dev.weft.config.StringMatch;
import dev.weft.jose.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Providers as istiod writes them, changed word by word. */
final class Providers {
    static final String ISSUER = "https://iss.example.com";

    private final String issuer;
    private List<String> audiences = List.of();
    private @Nullable StringMatch subject;
    private @Nullable Duration lifetime;
    private Keys keys = new Keys.Inline(Tokens.jwks(Tokens.RSA));
    private List<Location> locations =
            List.of(new Location.Header("authorization", "Bearer "), new Location.Parameter("access_token"));
    private boolean forward;
    private String payloadHeader = "";
    private boolean pad;
    private final List<ClaimHeader> claims = new ArrayList<>();
    private String failureInMetadata = "";
    private JwtProvider.Cache cache = JwtProvider.Cache.DEFAULT;

    private Providers(String issuer) {
        this.issuer = issuer;
    }

    static Providers of(String issuer) {
        return new Providers(issuer);
    }

    Providers audiences(String... all) {
        audiences = List.of(all);
        return this;
    }

    Providers subject(StringMatch match) {
        subject = match;
        return this;
    }

    Providers lifetime(Duration most) {
        lifetime = most;
        return this;
    }

    Providers keys(String json) {
        keys = new Keys.Inline(json);
        return this;
    }

    Providers remote(String url) {
        keys = new Keys.Remote(
                URI.create(url), "", Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(10));
        return this;
    }

    Providers from(Location... all) {
        locations = List.of(all);
        return this;
    }

    Providers forwarded() {
        forward = true;
        return this;
    }

    Providers payloadHeader(String name, boolean padded) {
        payloadHeader = name;
        pad = padded;
        return this;
    }

    Providers claim(String header, String claim) {
        claims.add(new ClaimHeader(header, claim));
        return this;
    }

    Providers failureInMetadata(String key) {
        failureInMetadata = key;
        return this;
    }

    Providers cache(int tokens, int chars) {
        cache = new JwtProvider.Cache(tokens, chars);
        return this;
    }

    JwtProvider build() {
        return new JwtProvider(
                issuer,
                audiences,
                subject,
                lifetime,
                Duration.ofSeconds(60),
                keys,
                locations,
                forward,
                payloadHeader,
                pad,
                claims,
                "payload",
                "",
                failureInMetadata,
                List.of("permission", "scope"),
                cache);
    }

    /** The requirement that istiod writes for these: a token is not needed, but a bad one is refused. */
    static JwtStage stage(Providers... all) {
        Map<String, JwtProvider> named = new LinkedHashMap<>();
        List<JwtRequirement> any = new ArrayList<>();
        List<JwtRequirement> optional = new ArrayList<>();
        for (Providers one : all) {
            JwtRequirement provider = new JwtRequirement.Provider("origins-" + named.size(), List.of());
            named.put("origins-" + named.size(), one.build());
            any.add(provider);
            optional.add(new JwtRequirement.Any(List.of(provider, new JwtRequirement.AllowMissing())));
        }
        any.add(new JwtRequirement.All(optional));
        return stage(named, all.length == 1 ? optional.get(0) : new JwtRequirement.Any(any));
    }

    static JwtStage stage(Map<String, JwtProvider> named, JwtRequirement requirement) {
        return new JwtStage(
                named, List.of(new JwtStage.Rule(new PathMatch.Prefix("/", true), requirement)), true, false);
    }
}
