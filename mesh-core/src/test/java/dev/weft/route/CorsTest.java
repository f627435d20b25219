package dev.weft.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CorsPolicy;
import dev.weft.config.StringMatch;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CorsTest {
    private static CorsPolicy policy(boolean forwardUnmatched) {
        return new CorsPolicy(
                List.of(new StringMatch.Exact("https://ok.org", false)),
                "GET,POST",
                "X-Foo",
                "X-Exp",
                "86400",
                true,
                forwardUnmatched);
    }

    private static RequestHead options(String... headers) {
        return new RequestHead("OPTIONS", "http", "r", "/", Headers.of(headers));
    }

    @Test
    void aPreflightOfAnAllowedOriginIsAnswered() {
        LocalReply reply = Objects.requireNonNull(Cors.preflight(
                policy(true), options("origin", "https://ok.org", "access-control-request-method", "GET")));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().first("access-control-allow-origin")).isEqualTo("https://ok.org");
        assertThat(reply.headers().first("access-control-allow-methods")).isEqualTo("GET,POST");
        assertThat(reply.headers().first("access-control-max-age")).isEqualTo("86400");
        assertThat(reply.headers().first("access-control-allow-credentials")).isEqualTo("true");
    }

    @Test
    void optionsWithoutARequestedMethodIsNoPreflight() {
        assertThat(Cors.preflight(policy(true), options("origin", "https://ok.org")))
                .isNull();
    }

    @Test
    void anUnmatchedPreflightIsForwardedOrAnsweredBare() {
        RequestHead unmatched = options("origin", "https://bad.org", "access-control-request-method", "GET");
        assertThat(Cors.preflight(policy(true), unmatched)).isNull();
        LocalReply bare = Objects.requireNonNull(Cors.preflight(policy(false), unmatched));
        assertThat(bare.status()).isEqualTo(200);
        assertThat(bare.headers()).isEqualTo(Headers.EMPTY);
    }

    @Test
    void onlyAnswersToAllowedOriginsAreMarked() {
        ResponseHead plain = new ResponseHead(200, Headers.EMPTY);
        assertThat(Cors.respond(policy(true), options("origin", "https://bad.org"), plain))
                .isSameAs(plain);
        assertThat(Cors.respond(policy(true), options("origin", "https://ok.org"), plain)
                        .headers()
                        .first("access-control-expose-headers"))
                .isEqualTo("X-Exp");
    }
}
