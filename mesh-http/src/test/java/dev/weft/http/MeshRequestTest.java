package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be asked for. */
final class MeshRequestTest {
    private static final MeshRequest GET = MeshRequest.get("http://reviews:9080/1?a=b#top");

    @Test
    void theUrlIsTakenApartAsItWasWritten() {
        assertThat(GET.head().scheme()).isEqualTo("http");
        assertThat(GET.head().authority()).isEqualTo("reviews:9080");
        assertThat(GET.head().path()).isEqualTo("/1?a=b");
        assertThat(MeshRequest.get("HTTPS://reviews?q").head().path()).isEqualTo("/?q");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reviews/1",
                "ftp://reviews/",
                "http:///1",
                "http://:80/",
                "http://user@reviews/",
                "http://reviews/a b"
            })
    void anUnusableUrlIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeshRequest.get(url))
                .withMessageContaining("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx-forged: 1", "a\nb", "a\0b", "\u20ac"})
    void aValueThatWouldEndItsFieldIsRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GET.header("x-note", value))
                .withMessageContaining("value of header x-note: U+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length", "Transfer-Encoding", "connection", "x y", "x:y", ""})
    void aFieldThatIsNotTheCallersIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> GET.header(name, "1"));
    }

    @Test
    void aHostFieldNamesTheLogicalHostAndNotThePort() {
        MeshRequest request = GET.header("Host", "ratings");
        assertThat(request.head().authority()).isEqualTo("ratings");
        assertThat(request.head().port()).isEqualTo(9080);
    }

    @Test
    void whatIsGivenIsNotChanged() {
        assertThat(GET.header("a", "1").header("a", "2").head().headers().all("a"))
                .containsExactly("1", "2");
        assertThat(GET.head().headers().size()).isZero();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> GET.body(Path.of("no such file"))))
                .isInstanceOf(UncheckedIOException.class);
    }
}
