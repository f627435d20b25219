package dev.weft.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.PathNormalization;
import dev.weft.config.PathNormalization.EscapedSlashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalPathTest {

    @ParameterizedTest
    @CsvSource({
        "/a/b/../c, /a/c",
        "/a/b/./c, /a/b/c",
        "/a/b/../../../../c, /c",
        "/../a/b, /a/b",
        "/a/..\\c, /c",
        "/a/b/%2E%2e/c, /a/c",
        "/%61dmin, /admin",
        "/a//b/./c, /a//b/c",
        "/a//../b, /a/b",
        "/xyz/..;foo=bar/abc, /abc",
        "/a/.., /",
        "/a/b/.., /a/",
        "/a/., /a/",
        "/a/../b?x=/../y, /b?x=/../y",
    })
    void dotSegmentsAndUnreservedEscapesAreResolved(String given, String expected) {
        assertThat(NormalPath.of(given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/a//b",
        "/a%2Fb",
        "/a%5cb",
        "/%c0%af",
        "/a;x=1/b",
        "/.well-known/x",
        "/a/...",
        "/a%2",
        "/%zz",
        "*",
        "/a?b=../c"
    })
    void everythingElseStays(String path) {
        assertThat(NormalPath.of(path)).isEqualTo(path);
    }

    /** Each answered by a real Envoy 1.40 with this path. */
    @ParameterizedTest
    @CsvSource({
        "/a/%2e%2e/%2e%2e/b, /b",
        "'/a|b', /a%7Cb",
        "/a^b, /a%5Eb",
        "'/a\"b', /a%22b",
        "/a<b>, /a%3Cb%3E",
        "/a{b}, /a%7Bb%7D",
        "/a`b, /a%60b",
        "/x/%2e%2e%2fy, /x/..%2fy",
        "/%41%7e%2d, /A~-",
        "/..\\x, /x",
        "/%2e, /",
        "'/a?x=/../b%zz', '/a?x=/../b%zz'",
        "/%2F.., /%2F..",
        "/a%25b, /a%25b",
        "/a/;/b, /a/;/b"
    })
    void pathsComeOutAsEnvoysDo(String given, String expected) {
        assertThat(NormalPath.of(given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/a%2Fb, /a/b",
        "/a%5cb, /a/b",
        "/a%2f%2e%2e%5Cb, /b",
        "/a%2fb?c%2fd, /a/b?c%2fd",
        "/a%252fb, /a%252fb",
        "/a//b, /a//b"
    })
    void escapedSlashesAreTurnedBeforeDotsAreResolved(String given, String expected) {
        assertThat(NormalPath.of(given, new PathNormalization(true, false, EscapedSlashes.UNESCAPE)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/a//b, /a/b", "//a///b//, /a/b/", "/a/b?c//d, /a/b?c//d", "///, /", "/a%2f/b, /a%2f/b"})
    void slashesAreMergedInThePathOnly(String given, String expected) {
        assertThat(NormalPath.of(given, new PathNormalization(true, true, EscapedSlashes.KEEP)))
                .isEqualTo(expected);
    }

    @Test
    void withoutRulesAPathStaysAsItIs() {
        String path = "/a/../%2e//b%2f%00";
        assertThat(NormalPath.of(path, new PathNormalization(false, false, EscapedSlashes.KEEP)))
                .isSameAs(path);
    }

    @Test
    void anEscapedSlashIsRefusedWhereThatIsTheRuleButNotInAQuery() {
        PathNormalization reject = new PathNormalization(true, false, EscapedSlashes.REJECT);
        assertThat(NormalPath.of("/a%2Fb", reject)).isNull();
        assertThat(NormalPath.of("/a%5cb", reject)).isNull();
        assertThat(NormalPath.of("/a?b%2Fc", reject)).isEqualTo("/a?b%2Fc");
    }

    @Test
    void anEncodedNulIsRefused() {
        assertThat(NormalPath.of("/xyz/.%00../abc")).isNull();
    }
}
