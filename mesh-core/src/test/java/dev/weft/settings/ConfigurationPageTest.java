package dev.weft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that people read says what the code does. */
final class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void theTableOfSettingsIsComplete() throws IOException {
        List<String> expected =
                Arrays.stream(Setting.values()).map(ConfigurationPageTest::row).toList();
        List<String> written = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `") && line.contains("MESH_"))
                .toList();

        assertThat(written).isEqualTo(expected);
    }

    private static String row(Setting setting) {
        String standard = setting.standard().isEmpty() ? "" : "`" + setting.standard() + "` ";
        return "| `" + setting.spoken() + "` | `" + setting.key() + "` | `" + setting.variable() + "` | " + standard
                + "| " + setting.meaning() + " |";
    }
}
