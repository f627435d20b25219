package dev.weft.samples.bookinfo.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void optionsAreRead() throws Trouble {
        assertThat(Options.of("--check").check()).isTrue();
        assertThat(Options.of("--port", "8080").port()).hasValue(8080);
        assertThat(Options.of().port()).isEmpty();
        assertThat(Options.of("-h").help()).isTrue();
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> Options.of("--chekc")).hasMessageStartingWith("unknown option --chekc\nUsage:");
        assertThatThrownBy(() -> Options.of("--port")).hasMessageContaining("not nothing");
        assertThatThrownBy(() -> Options.of("--port", "70000")).hasMessageContaining("from 1 to 65535");
    }
}
