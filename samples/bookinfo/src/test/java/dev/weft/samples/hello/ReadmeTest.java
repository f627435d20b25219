package dev.weft.samples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final String HELLO = "src/test/java/dev/weft/samples/hello/Hello.java";

    @Test
    void theCodeInTheReadmeIsCodeThatIsCompiled() throws IOException {
        List<String> shown = lines(javaBlock(Files.readString(Path.of("../../README.md"))));
        List<String> compiled = lines(Files.readString(Path.of(HELLO)));

        assertThat(shown).isNotEmpty();
        assertThat(compiled).containsSubsequence(shown);
    }

    private static String javaBlock(String readme) {
        int from = readme.indexOf("```java\n");
        assertThat(from).isNotNegative();
        return readme.substring(from + "```java\n".length(), readme.indexOf("```", from + 3));
    }

    private static List<String> lines(String code) {
        return code.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .toList();
    }
}
