package dev.weft.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spring.declared.grpc.WordsGrpc;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor;

/** What {@code process-aot} of Boot's plugin does, and a start with what came out of it. */
class AheadOfTimeTest {
    /** No server. */
    private static final String[] PROPERTIES = {
        "--spring.main.web-application-type=none",
        "--spring.application.name=shop",
        "--shop.patience=5s",
        "--shop.words=words:9090"
    };

    @TempDir
    Path out;

    @Test
    void anApplicationWithAMeshClientStartsFromWhatWasGenerated() throws Exception {
        Path sources = Files.createDirectory(out.resolve("sources"));
        Path classes = Files.createDirectory(out.resolve("classes"));
        AbstractAotProcessor.Settings settings = AbstractAotProcessor.Settings.builder()
                .sourceOutput(sources)
                .resourceOutput(classes)
                .classOutput(classes)
                .groupId("dev.weft.test")
                .artifactId("shop")
                .build();
        new SpringApplicationAotProcessor(Shop.class, settings, PROPERTIES).process();
        compile(sources, classes);

        assertThat(run(classes))
                .contains(Shop.GOOD
                        + "ahead of time true, one GET /1 host reviews.mesh.test, slow none, words, no UNAVAILABLE");
        String metadata = metadata(classes);
        for (Class<?> kept : List.of(
                Shop.ReviewsClient.class,
                Shop.NoReviews.class,
                Shop.Review.class,
                Shop.WordsClient.class,
                Shop.NoWords.class,
                WordsGrpc.class)) {
            assertThat(metadata.contains(kept.getName())).as(kept.getName()).isTrue();
        }
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> java =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-proc:none",
                    "-nowarn",
                    "-cp",
                    classes + File.pathSeparator + System.getProperty("java.class.path"),
                    "-d",
                    classes.toString());
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                            .call())
                    .as("compiles: %s", java)
                    .isTrue();
        }
    }

    private String run(Path classes) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dspring.aot.enabled=true",
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                Shop.class.getName()));
        command.addAll(List.of(PROPERTIES));
        Path log = out.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("ends by itself")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(log);
    }

    private static String metadata(Path classes) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> found = Files.walk(classes.resolve("META-INF/native-image"))) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
