package dev.weft.control.store;

import static dev.weft.control.store.ConfigFolder.errors;
import static dev.weft.control.store.ConfigFolder.service;
import static dev.weft.control.store.ConfigFolder.timeouts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryReloadTest {
    private ConfigFolder folder;

    @BeforeEach
    void folder(@TempDir Path parent) throws IOException {
        folder = new ConfigFolder(parent);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void anEmptyDirectoryIsAConfiguration() throws Exception {
        folder.open();
        assertThat(folder.store.snapshot().config().virtualServices()).isEmpty();
        assertThat(folder.store.snapshot().problems()).isEmpty();
    }

    @Test
    void anEditedFileIsInForceWithoutAnybodyAskingForIt() throws Exception {
        folder.write("reviews.yaml", service("reviews", "1s")).open();
        String before = folder.store.snapshot().revision();
        folder.write("reviews.yaml", service("reviews", "2s"));
        ConfigSnapshot after = folder.awaitTimeouts("reviews 2s");
        assertThat(after.revision()).isNotEqualTo(before);
    }

    @Test
    void noErrorOfWhoeverListensKeepsItFromFollowing() throws Exception {
        folder.write("reviews.yaml", service("reviews", "1s")).open();
        folder.store.onChange(snapshot -> {
            throw new NoClassDefFoundError("of the test");
        });
        folder.write("reviews.yaml", service("reviews", "2s"));
        folder.awaitTimeouts("reviews 2s");
        folder.write("reviews.yaml", service("reviews", "3s"));
        folder.awaitTimeouts("reviews 3s");
    }

    @Test
    void aFileThatTakesTheNameOfAnotherIsRead() throws Exception {
        folder.write("reviews.yaml", service("reviews", "1s")).open();
        folder.renameOver("reviews.yaml", service("reviews", "3s"));
        folder.awaitTimeouts("reviews 3s");
    }

    @Test
    void filesComeAndGoWithTheirResources() throws Exception {
        folder.write("reviews.yaml", service("reviews", "1s")).open();
        folder.write("ratings.yml", service("ratings", "1s"));
        folder.awaitTimeouts("ratings 1s", "reviews 1s");
        Files.delete(folder.directory.resolve("reviews.yaml"));
        folder.awaitTimeouts("ratings 1s");
    }

    @Test
    void onlyFilesOfTheDirectoryItselfCount() throws Exception {
        Files.createDirectory(folder.directory.resolve("scenes"));
        folder.write("scenes/other.yaml", service("other", "1s"))
                .write(".reviews.yaml.swp", "half a fi")
                .write("notes.txt", "no YAML: [")
                .write("reviews.yaml", service("reviews", "1s"))
                .open();
        assertThat(timeouts(folder.store.snapshot())).containsExactly("reviews 1s");
        assertThat(folder.store.snapshot().problems()).isEmpty();
    }

    @Test
    void aConfigMapsSwapOfLinksIsOneChange() throws Exception {
        version("..1", "1s");
        Files.createSymbolicLink(folder.directory.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(folder.directory.resolve("reviews.yaml"), Path.of("..data", "reviews.yaml"));
        folder.open();
        assertThat(timeouts(folder.store.snapshot())).containsExactly("reviews 1s");
        version("..2", "2s");
        Path fresh = Files.createSymbolicLink(folder.directory.resolve("..data_tmp"), Path.of("..2"));
        Files.move(fresh, folder.directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        folder.awaitTimeouts("reviews 2s");
    }

    private void version(String name, String timeout) throws IOException {
        Files.createDirectory(folder.directory.resolve(name));
        folder.write(name + "/reviews.yaml", service("reviews", timeout));
    }

    @Test
    void ofTwoResourcesOfOneNameTheFirstFileCountsAndTheOtherIsReported() throws Exception {
        folder.write("a.yaml", service("reviews", "1s"))
                .write("b.yaml", service("reviews", "2s"))
                .open();
        assertThat(timeouts(folder.store.snapshot())).containsExactly("reviews 1s");
        assertThat(errors(folder.store.snapshot())).singleElement().asString().contains("b.yaml:1", "a.yaml:1");
    }

    @Test
    void aDirectoryThatVanishesLeavesItsConfigurationInForce() throws Exception {
        folder.write("reviews.yaml", service("reviews", "1s")).open();
        Path aside = folder.directory.resolveSibling("aside");
        Files.move(folder.directory, aside);
        ConfigSnapshot lost = folder.await(snapshot -> !snapshot.problems().isEmpty());
        assertThat(timeouts(lost)).containsExactly("reviews 1s");
        Files.move(aside, folder.directory);
        assertThat(timeouts(folder.await(snapshot -> snapshot.problems().isEmpty())))
                .containsExactly("reviews 1s");
    }
}
