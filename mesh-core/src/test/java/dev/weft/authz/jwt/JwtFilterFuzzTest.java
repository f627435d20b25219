package dev.weft.authz.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.JwtProvider.Location;
import dev.weft.config.JwtStage;
import dev.weft.jose.Tokens;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

/** Whatever is written where tokens are looked for: refused with Envoy's status, and never a crash. */
final class JwtFilterFuzzTest {
    private static final JwtStage STAGE = Providers.stage(
            Providers.of("a")
                    .from(
                            new Location.Header("authorization", "Bearer "),
                            new Location.Header("x-token", ""),
                            new Location.Parameter("t"),
                            new Location.Cookie("t"))
                    .claim("x-sub", "sub"),
            Providers.of("b"));
    private static final JwtFilter FILTER = JwtFilter.of(STAGE, Asked.NOWHERE, Asked.TICKER);

    @Property(tries = 2000)
    void anythingInAFieldIsRefusedOrIsNoToken(@ForAll @StringLength(max = 300) String text) {
        assertThat(Asked.of(FILTER, "/", "authorization", "Bearer " + text).verdict())
                .startsWith("401 ");
        assertThat(Asked.of(FILTER, "/", "x-token", text).verdict()).startsWith("401 ");
        assertThat(Asked.of(FILTER, "/", "authorization", text).verdict()).matches("(?s)passed|401 .*");
    }

    @Property(tries = 2000)
    void anythingInAQueryOrCookieIsRefusedOrIsNoToken(@ForAll @StringLength(max = 300) String text) {
        assertThat(Asked.of(FILTER, "/?t=" + text).verdict()).startsWith("401 ");
        assertThat(Asked.of(FILTER, "/?" + text).verdict()).matches("(?s)passed|401 .*");
        assertThat(Asked.of(FILTER, "/", "cookie", text).verdict()).matches("(?s)passed|401 .*");
    }

    @Property(tries = 200)
    void hugeTokensAndDeepClaimsAreRefusedInNoTime(
            @ForAll @net.jqwik.api.constraints.IntRange(max = 100_000) int size) {
        String deep = "{\"iss\":\"a\",\"x\":" + "[".repeat(size) + "]".repeat(size) + "}";
        String token = Tokens.unsigned("{\"alg\":\"RS256\"}", deep);
        assertThat(Asked.of(FILTER, "/", "authorization", "Bearer " + token).verdict())
                .startsWith("401 ");
        assertThat(Asked.of(FILTER, "/", "authorization", "Bearer " + ".".repeat(size))
                        .verdict())
                .startsWith("401 ");
        assertThat(Asked.of(FILTER, "/?" + "t=&".repeat(size / 100 + 1)).verdict())
                .startsWith("401 ");
    }
}
