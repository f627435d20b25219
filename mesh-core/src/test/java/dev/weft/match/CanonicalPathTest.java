package dev.weft.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CanonicalPathTest {

    @ParameterizedTest
    @CsvSource({
        "/a%3Ab, /a:b",
        "/a%3ab, /a:b",
        "/caf%c3%a9, /caf%C3%A9",
        "/a%2fb, /a%2Fb",
        "/a%3bx, /a%3Bx",
        "/a%25b, /a%25b",
        "/a%253Ab, /a%253Ab",
        "/%zz%3, /%zz%3",
        "/%%3A, /%:",
        "/plain, /plain"
    })
    void whatServersTakeForTheSameIsSpelledTheSame(String given, String expected) {
        assertThat(CanonicalPath.of(given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/a:b, /a:b", "/café, /caf%C3%A9", "'/a b', /a%20b", "/a%b, /a%25b", "/a;b/c, /a;b/c", "/a\"b, /a%22b"})
    void whatAServerHasDecodedIsEncodedAgain(String given, String expected) {
        assertThat(CanonicalPath.encoded(given)).isEqualTo(expected);
    }
}
