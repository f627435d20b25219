package dev.weft.samples.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void nothingIsRequired() {
        Settings settings = Settings.of("reviews");

        assertThat(settings.instance()).isEqualTo("reviews-v1");
        assertThat(settings.port()).isZero();
        assertThat(settings.controlPlane()).isEmpty();
    }

    @Test
    void optionsAreRead() {
        Settings settings = Settings.of("reviews", "--version", "v3", "--port", "80", "--data", "a b");

        assertThat(settings.instance()).isEqualTo("reviews-v3");
        assertThat(settings.port()).isEqualTo(80);
        assertThat(settings.data()).contains(Path.of("a b"));
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> Settings.of("reviews", "--prot", "1")).hasMessageContaining("unknown option --prot");
        assertThatThrownBy(() -> Settings.of("reviews", "--port")).hasMessageContaining("a value must follow");
        assertThatThrownBy(() -> Settings.of("reviews", "--port", "65536")).hasMessageContaining("--port 65536");
    }
}
