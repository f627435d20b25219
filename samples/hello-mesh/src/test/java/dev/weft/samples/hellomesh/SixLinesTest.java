package dev.weft.samples.hellomesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The whole application, its framework's own lines included: no more than six lines of code and YAML. */
class SixLinesTest {
    private static final Path CODE = Path.of("src/main/java/dev/weft/samples/hellomesh/HelloMesh.java");
    private static final Path SETTINGS = Path.of("src/main/resources/application.yaml");

    @Test
    void thatIsAll() throws IOException {
        assertThat(lines(CODE) + lines(SETTINGS)).isLessThanOrEqualTo(6);
    }

    private static long lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals("}"))
                .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
                .count();
    }
}
