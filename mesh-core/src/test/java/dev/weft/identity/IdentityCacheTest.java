package dev.weft.identity;

import static dev.weft.identity.TestAuthority.PRODUCTPAGE;
import static dev.weft.identity.TestAuthority.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.runtime.Ticker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityCacheTest {
    private final TestAuthority root = TestAuthority.root("root");
    private final Identity identity = new Identity(
            root.intermediate("issuer").leaf().uri(REVIEWS).svid(),
            new TrustBundle(Map.of(
                    "cluster.local",
                    List.of(root.certificate, TestAuthority.root("next").certificate),
                    "other.example",
                    List.of(TestAuthority.root("other").certificate))),
            17);

    @TempDir
    Path directory;

    private IdentityCache cache() {
        return cache(Ticker.system());
    }

    private IdentityCache cache(Ticker ticker) {
        return new IdentityCache(directory.resolve("made/here"), Subject.of(SpiffeId.parse(REVIEWS)), ticker);
    }

    @Test
    void whatWasSavedIsLoadedWhole() throws Exception {
        cache().save(identity);

        assertThat(cache().load()).isEqualTo(identity);
    }

    @Test
    void nothingSavedIsNothing() {
        assertThat(cache().load()).isNull();
    }

    @Test
    void onlyTheOwnerMayReadIt() throws Exception {
        cache().save(identity);
        Path file = cache().file();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).as("no temporary file is left").containsExactly(file);
        }
    }

    @Test
    void fileThatOthersMayReadIsNotUsed() throws Exception {
        cache().save(identity);
        Files.setPosixFilePermissions(cache().file(), PosixFilePermissions.fromString("rw-r-----"));

        assertThat(cache().load()).isNull();
    }

    @Test
    void linkIsNotFollowed() throws Exception {
        cache().save(identity);
        Path elsewhere = Files.move(cache().file(), directory.resolve("elsewhere"));
        Files.createSymbolicLink(cache().file(), elsewhere);

        assertThat(cache().load()).isNull();
    }

    @Test
    void expiredIdentityIsNotUsed() throws Exception {
        cache().save(identity);

        assertThat(cache(FixedClock.apart(3_500_000)).load()).isNotNull();
        assertThat(cache(FixedClock.apart(3_600_000)).load()).isNull();
    }

    @Test
    void anotherWorkloadsIdentityIsNeitherSavedNorUsed() throws Exception {
        Identity other = root.identity(PRODUCTPAGE, 1);
        assertThatThrownBy(() -> cache().save(other)).hasMessageContaining("not for " + PRODUCTPAGE);

        IdentityCache foreign = new IdentityCache(directory, Subject.of(SpiffeId.parse(PRODUCTPAGE)), Ticker.system());
        foreign.save(other);
        Files.createDirectories(cache().file().getParent());
        Files.move(foreign.file(), cache().file());
        assertThat(cache().load()).isNull();
    }

    @Test
    void eachCutAndEachChangedByteIsNoticedAndTheFileIsPutAside() throws Exception {
        cache().save(identity);
        Path file = cache().file();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 97) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            damaged(file, changed);
            damaged(file, java.util.Arrays.copyOf(whole, at));
        }
        damaged(file, new byte[5 << 20]);
        assertThat(cache().load()).isNull();
    }

    private void damaged(Path file, byte[] bytes) throws Exception {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, bytes);
        assertThat(cache().load()).isNull();
        assertThat(file).doesNotExist();
        assertThat(file.resolveSibling(file.getFileName() + ".corrupt")).hasBinaryContent(bytes);
    }

    @Test
    void textFormsShowNoKey() {
        String key =
                Pem.write(identity.svid().key()).lines().skip(1).findFirst().orElseThrow();

        assertThat(identity.toString()).contains(REVIEWS).doesNotContain(key).doesNotContain("PRIVATE");
        assertThat(new String(IdentityFile.encode(identity), StandardCharsets.US_ASCII))
                .contains(key);
    }
}
