package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrintableTest {
    @Test
    void showsLineEndsAndControlsAsEscapes() {
        assertThat(Printable.of("a\nb\rc\td" + (char) 0x1b + "[31m" + (char) 7))
                .isEqualTo("a\\nb\\rc\\td\\u001b[31m\\u0007");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x1b, 0x7f, 0x85, 0x9b, 0x9d, 0x2028, 0x2029, 0x202e, 0x2066})
    void nothingThatSteersATerminalIsLeft(int steering) {
        assertThat(Printable.of("a" + (char) steering + "b")).isEqualTo(String.format("a\\u%04xb", steering));
    }

    @Test
    void leavesOtherTextAsItIs() {
        String text = "Grüße, \\n 日本 = <b> \uD83D\uDE00";
        assertThat(Printable.of(text)).isSameAs(text);
    }

    @Test
    void aProblemIsOneLineWhateverItsValueHolds() {
        String steering = "x\n" + (char) 0x1b + "]0;y";
        ConfigProblem problem =
                ConfigProblem.error("VirtualService " + steering, "spec." + steering, steering, "a host was expected");
        assertThat(problem.toString()).doesNotContainPattern("\\p{Cntrl}").contains("\\u001b]0;y");
    }
}
