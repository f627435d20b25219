package dev.weft.samples.bookinfo.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveDirectoryTest {
    private static final Path MESH = Path.of("mesh").toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    void itIsACopyOfTheMeshWithoutTheScenes() throws Exception {
        LiveDirectory live = LiveDirectory.at(MESH, directory.resolve("live"));

        assertThat(live.path())
                .isDirectoryContaining("glob:**/destination-rules.yaml")
                .isDirectoryContaining("glob:**/reviews.yaml")
                .isDirectoryNotContaining("glob:**/scenes");
    }

    @Test
    void everySceneReplacesFilesOfTheCopyAndKeepsTheirNumber() throws Exception {
        LiveDirectory live = LiveDirectory.at(MESH, directory.resolve("live"));
        for (Scene scene : Scene.values()) {
            live.play(scene);

            for (Scene.Change change : scene.changes()) {
                assertThat(live.path().resolve(change.live())).hasSameTextualContentAs(MESH.resolve(change.scene()));
            }
            assertThat(live.path()).isDirectoryNotContaining("glob:**.new");
        }
    }

    @Test
    void theFirstSceneIsWhatTheMeshStartsWith() throws Exception {
        LiveDirectory live = LiveDirectory.at(MESH, directory.resolve("live"));
        String reviews = Files.readString(live.path().resolve("reviews.yaml"));
        String ratings = Files.readString(live.path().resolve("ratings.yaml"));

        live.play(Scene.ALL_V1);

        assertThat(live.path().resolve("reviews.yaml")).content().isEqualTo(reviews);
        assertThat(live.path().resolve("ratings.yaml")).content().isEqualTo(ratings);
    }

    @Test
    void editsOfTheLastTimeAreGone() throws Exception {
        Path path = directory.resolve("live");
        Files.createDirectories(path);
        Files.writeString(path.resolve("left-over.yaml"), "x");

        LiveDirectory live = LiveDirectory.at(MESH, path);

        assertThat(live.path()).isDirectoryNotContaining("glob:**/left-over.yaml");
    }

    @Test
    void aSecondLauncherTakesAnotherDirectory() throws Exception {
        Path mesh = directory.resolve("mesh");
        copyMesh(mesh);

        LiveDirectory first = LiveDirectory.beside(mesh);
        LiveDirectory second = LiveDirectory.beside(mesh);

        assertThat(first.path()).isEqualTo(directory.resolve("live"));
        assertThat(second.path()).isEqualTo(directory.resolve("live-2"));
    }

    private static void copyMesh(Path to) throws IOException {
        Files.createDirectories(to);
        Files.copy(MESH.resolve("reviews.yaml"), to.resolve("reviews.yaml"));
    }
}
