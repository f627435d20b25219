package dev.weft.control.store;

import static dev.weft.control.store.ConfigFolder.errors;
import static dev.weft.control.store.ConfigFolder.service;
import static dev.weft.control.store.ConfigFolder.timeouts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.control.istio.MeshConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastGoodVersionTest {
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
    void aBrokenFileIsRefusedByLineAndFieldWhileItsLastGoodVersionStaysInForce() throws Exception {
        folder.write("reviews.yaml", service("reviews", "1s")).open();
        ConfigSnapshot good = folder.store.snapshot();
        folder.write("reviews.yaml", service("reviews", "soon"));
        ConfigSnapshot refused = folder.await(snapshot -> !errors(snapshot).isEmpty());
        assertThat(errors(refused))
                .singleElement()
                .asString()
                .startsWith("reviews.yaml:7: VirtualService reviews: spec.http[0].timeout = soon");
        assertThat(timeouts(refused)).containsExactly("reviews 1s");
        assertThat(refused.revision()).isEqualTo(good.revision());
        assertThat(refused.config()).as("nothing to translate anew").isSameAs(good.config());
    }

    @Test
    void otherFilesGoOnBesideABrokenOne() throws Exception {
        folder.write("reviews.yaml", service("reviews", "1s"))
                .write("ratings.yaml", service("ratings", "1s"))
                .open();
        folder.write("reviews.yaml", "kind: [").write("ratings.yaml", service("ratings", "2s"));
        folder.awaitTimeouts("ratings 2s", "reviews 1s");
    }

    @Test
    void aMendedFileIsInForceAgainAndNothingIsLeftToSay() throws Exception {
        folder.write("reviews.yaml", "kind: [").open();
        assertThat(errors(folder.store.snapshot())).singleElement().asString().startsWith("reviews.yaml:");
        folder.write("reviews.yaml", service("reviews", "1s"));
        assertThat(folder.awaitTimeouts("reviews 1s").problems()).isEmpty();
    }

    @Test
    void aRestartWithABrokenFileStillHasTheLastGoodVersion() throws Exception {
        folder.write("reviews.yaml", service("reviews", "1s")).open();
        folder.write("reviews.yaml", service("reviews", "soon"));
        folder.await(snapshot -> !errors(snapshot).isEmpty());
        folder.reopen();
        assertThat(timeouts(folder.store.snapshot())).containsExactly("reviews 1s");
        assertThat(errors(folder.store.snapshot())).hasSize(1);
    }

    @Test
    void aDeletedFileIsNotRememberedByARestart() throws Exception {
        folder.write("reviews.yaml", service("reviews", "1s")).open();
        Files.delete(folder.directory.resolve("reviews.yaml"));
        folder.awaitTimeouts();
        folder.write("reviews.yaml", "kind: [");
        folder.reopen();
        assertThat(timeouts(folder.store.snapshot())).isEmpty();
    }

    @Test
    void tooMuchIsRefusedBeforeItIsRead() throws Exception {
        folder.write("reviews.yaml", "# " + "x".repeat(ConfigFiles.MAX_BYTES)).open();
        assertThat(errors(folder.store.snapshot())).singleElement().asString().contains("reviews.yaml", "bytes");
    }

    @Test
    void aBrokenMeshConfigurationKeepsTheLastGoodOneAndRefusesAStartWithoutOne(@TempDir Path other) throws Exception {
        Path mesh = Files.writeString(other.resolve("mesh.yaml"), "outboundTrafficPolicy: {mode: REGISTRY_ONLY}\n");
        folder.store = DirectoryConfigStore.open(folder.directory, mesh, folder.data);
        assertThat(folder.store.snapshot().mesh().registryOnly()).isTrue();
        Files.writeString(mesh, "outboundTrafficPolicy: {mode: OPEN}\n");
        ConfigSnapshot refused = folder.await(snapshot -> !errors(snapshot).isEmpty());
        assertThat(refused.mesh().registryOnly()).isTrue();
        assertThat(errors(refused))
                .singleElement()
                .asString()
                .startsWith("mesh.yaml:1: MeshConfig: outboundTrafficPolicy.mode");
        folder.store.close();
        folder.store = DirectoryConfigStore.open(folder.directory, mesh, folder.data);
        assertThat(folder.store.snapshot().mesh().registryOnly()).isTrue();
        assertThatThrownBy(() -> DirectoryConfigStore.open(folder.directory, mesh, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mesh.yaml:1");
    }

    @Test
    void withoutAMeshConfigurationIstiosDefaultsHold() throws Exception {
        folder.open();
        assertThat(folder.store.snapshot().mesh()).isEqualTo(MeshConfig.DEFAULT);
    }
}
