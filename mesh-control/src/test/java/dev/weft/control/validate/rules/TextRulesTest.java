package dev.weft.control.validate.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for single texts, at their edges. */
final class TextRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "100%%", "%HOSTNAME%", "a %REQ(x-y)% b", "%DYN([\"a\", \"b\"])%", "%REQ(a\\)b)%"})
    void headerValuesThatEnvoyCanFormat(String value) {
        assertThat(HeaderFormat.check(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%", "abc%123", "%START_TIME%%", "%REQ(", "%REQ(a", "%REQ(a)", "%DYN([\"a\" \"b\"])%", "%REQ(a\\"
            })
    void headerValuesThatEnvoyCannotFormat(String value) {
        assertThat(HeaderFormat.check(value)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1", "::", "::1", "2001:db8::1", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1", "fe80::1%eth0"})
    void addresses(String text) {
        assertThat(IpAddresses.address(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.256",
                "010.0.0.1",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "g::1",
                "1.2.3.4::"
            })
    void noAddresses(String text) {
        assertThat(IpAddresses.address(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "*.example.com", "*-a.example.com", "*a", "reviews", "reviews.default.svc.cluster.local."})
    void hostsWithWildcards(String host) {
        assertThat(HostNames.wildcard(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.*.b", "*.*", "-a", "a_b", "a..b", "a.1", "*."})
    void noHosts(String host) {
        assertThat(host.equals("*.") ? HostNames.wholeWildcard("a*") : HostNames.wildcard(host))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{1000}",
                "(a{10}){100}",
                "[{}]{5}b{9}",
                "a{500}1{3}",
                "\\{9999\\}",
                "x{a}",
                "([0-9]{1,3}\\.){3}"
            })
    void repetitionsWithinBounds(String regex) {
        assertThat(RegexRepetition.bounded(regex)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{1001}", "(a{10}){101}", "((a{20}b){20}){20}", "(x(a{100})y){11}", "a{10}{101}"})
    void repetitionsBeyondBounds(String regex) {
        assertThat(RegexRepetition.bounded(regex)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example/keys", "http://user@a:80/x?y=z", "https://[::1]:8443/k"})
    void urls(String url) {
        assertThat(Urls.check(url, List.of("http", "https"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example/keys", "ftp://a", "https://a:b/", "https://a/%zz", "https://a\u0001/"})
    void noUrls(String url) {
        assertThat(Urls.check(url, List.of("http", "https"))).isPresent();
    }
}
