package dev.weft.match;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void anEncodedNulIsRefused() {
        assertThat(NormalPath.of("/xyz/.%00../abc")).isNull();
    }
}
