package dev.weft.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates, each case as a real Envoy answers it where it could be asked. */
final class PathTemplateTest {

    @ParameterizedTest
    @CsvSource({
        "/t/*/x, /t/a/x",
        "/t/*/x, /t/a=b/x",
        "/t/*/x, /t/a*b/x",
        "/t/*/x, /t/%3d/x",
        "/tt/**, /tt/a/b=",
        "/tt/**, /tt/",
        "/**, /",
        "/a/**/b, /a/x/y/b",
        "/a/**/b, /a//b",
        "/a/*, /a/b",
        "/*/*, /a/b",
        "/a/**.js, /a/b/c.js",
        "/a/*.js, /a/b.js",
        "/plain, /plain"
    })
    void matches(String template, String path) {
        assertThat(of(template).matches(path)).isTrue();
        assertThat(path).startsWith(of(template).beginning());
    }

    @ParameterizedTest
    @CsvSource({
        "/t/*/x, /t//x",
        "/t/*/x, /t/a/b/x",
        "/t/*/x, /t/a/x/",
        "/t/*/x, /t/a/xx",
        "/tt/**, /tt",
        "/a/**/b, /a/b",
        "/a/*, /a/",
        "/a/*, /a",
        "/a/*.js, /a/.js",
        "/a/*.js, /a/b.jsx",
        "/a/**.js, /a/b/c",
        "/plain, /plain/",
        "/plain, /plai"
    })
    void doesNotMatch(String template, String path) {
        assertThat(of(template).matches(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/*", "/a*", "/a/**/*", "/a/**/**", "/a**", "/*a/b", "/***", "/{name}", "/a/{x=*}"})
    void isNone(String template) {
        assertThat(PathTemplate.of(template)).isNull();
    }

    private static PathTemplate of(String template) {
        return Objects.requireNonNull(PathTemplate.of(template));
    }
}
