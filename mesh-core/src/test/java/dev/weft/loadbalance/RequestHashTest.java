package dev.weft.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.HashPolicy;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of a request is hashed. */
final class RequestHashTest {
    private static final HashPolicy USER = new HashPolicy.OfHeader("end-user", false);
    private static final HashPolicy CITY = new HashPolicy.OfQuery("city", false);

    @Test
    void aHeadersValue() {
        assertThat(hash(List.of(USER), "/", "end-user", "jason").value()).isEqualTo(XxHash64.of("jason"));
    }

    @Test
    void repeatedValuesInAnyOrderAreOne() {
        assertThat(hash(List.of(USER), "/", "end-user", "b", "end-user", "a").value())
                .isEqualTo(XxHash64.of("ab"));
    }

    @Test
    void aQueryParametersFirstValue() {
        assertThat(hash(List.of(CITY), "/x?cityx=1&city=Rome&city=Oslo").value())
                .isEqualTo(XxHash64.of("Rome"));
        assertThat(hash(List.of(CITY), "/x?city").value()).isEqualTo(XxHash64.of(""));
        assertThat(hash(List.of(CITY), "/x?a=city")).isNull();
        assertThat(hash(List.of(CITY), "/city=Rome")).isNull();
    }

    @Test
    void aCookie() {
        HashPolicy cookie = new HashPolicy.OfCookie("session", "/", null, false);
        assertThat(hash(List.of(cookie), "/", "cookie", "a=b; session=\"xyz\"").value())
                .isEqualTo(XxHash64.of("xyz"));
        assertThat(hash(List.of(cookie), "/", "cookie", "sessions=1")).isNull();
    }

    @Test
    void aCookieWithALifeIsMadeUpAndSetWhenItIsMissing() {
        HashPolicy cookie = new HashPolicy.OfCookie("session", "/shop", Duration.ofHours(1), false);
        RequestHash made =
                RequestHash.of(List.of(cookie), head("/"), 0, World.manual().dice(0xABCL));

        assertThat(made.value()).isEqualTo(XxHash64.of("abc"));
        assertThat(made.setCookie()).isEqualTo("session=\"abc\"; Max-Age=3600; Path=/shop; HttpOnly");
    }

    @Test
    void severalAreCombinedInOrder() {
        assertThat(hash(List.of(USER, CITY), "/?city=Rome", "end-user", "jason").value())
                .isEqualTo(Long.rotateLeft(XxHash64.of("jason"), 1) ^ XxHash64.of("Rome"));
        assertThat(hash(List.of(USER, CITY), "/?city=Rome").value())
                .as("what is missing does not count")
                .isEqualTo(XxHash64.of("Rome"));
    }

    @Test
    void aTerminalPolicyThatFoundSomethingIsTheLast() {
        HashPolicy last = new HashPolicy.OfHeader("end-user", true);
        assertThat(hash(List.of(last, CITY), "/?city=Rome", "end-user", "jason").value())
                .isEqualTo(XxHash64.of("jason"));
        assertThat(hash(List.of(last, CITY), "/?city=Rome").value()).isEqualTo(XxHash64.of("Rome"));
    }

    private static @Nullable RequestHash hash(List<HashPolicy> policies, String path, String... headers) {
        return RequestHash.of(policies, head(path, headers), 0, World.manual());
    }

    private static RequestHead head(String path, String... headers) {
        return new RequestHead("GET", "http", "shop", path, Headers.of(headers));
    }
}
