package dev.weft.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short cut past RE2/J must not lead anywhere else. */
class SimpleExpressionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".+",
                ".*/ns/foo/.*",
                ".*/ns/foo\\-bar/.*",
                ".*/ns/.*-x/.*",
                "spiffe://.+/ns/foo/(.+/|)sa/bar(/.+)?",
                "spiffe://.*/sa/bar",
                "spiffe://td[^/]*\\.org/.*",
                "plain"
            })
    void theFormsOfIstiodAreSimple(String expression) {
        assertThat(SimpleExpression.of(expression)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a|b",
                "(a)",
                "a?",
                "a*",
                "[a-z]*",
                "a.b",
                ".*?",
                ".+?",
                "\\d+",
                "\\pN",
                "a{2}",
                "^a",
                "a$",
                "(?i)a",
                ".",
                "a\\",
                ".*[^/]*",
                "[^/]*?x",
                "(/.+)?x",
                "x(.+/|)y(.+/|)z"
            })
    void whateverSaysMoreIsLeftToTheEngine(String expression) {
        assertThat(SimpleExpression.of(expression)).isNull();
    }

    @Property(tries = 5_000)
    void itFindsWhatTheEngineFinds(@ForAll("expressions") String expression, @ForAll("texts") String text) {
        SimpleExpression simple = SimpleExpression.of(expression);
        if (simple != null) {
            assertThat(simple.matches(text))
                    .as("%s on %s", expression, text)
                    .isEqualTo(Pattern.compile(expression).matches(text));
        }
    }

    /** Texts come from callers: one that is long must not cost more than its length. */
    @Test
    void aLongTextTakesNoLongerThanItIsLong() {
        SimpleExpression simple = SimpleExpression.of(".*a.*a.*a.*a.*a.*b");
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> simple.matches("a".repeat(1_000_000)));
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of(List.of("a", "b", "/", "ab", "\\-", ".*", ".+", "[^/]*", "(.+/|)", "(/.+)?"))
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(List.of("a", "b", "/", "-")).list().ofMaxSize(8).map(parts -> String.join("", parts));
    }
}
