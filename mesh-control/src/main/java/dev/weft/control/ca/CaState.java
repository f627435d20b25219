package dev.weft.control.ca;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.weft.identity.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a restart has to know: {@code state.json}.
 *
 * @param trustDomain of all certificates of the directory
 * @param since when the stage began, milliseconds since the epoch
 * @param signing number of the root that signs; its directory has that name
 * @param beside number of the one that is trusted too, or null
 */
record CaState(
        String trustDomain,
        RootStage stage,
        long since,
        int signing,
        @Nullable Integer beside) {
    private static final String FILE = "state.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    CaState {
        boolean two = stage != RootStage.ONE_ROOT;
        if (two != (beside != null) || signing < 1 || trustDomain.isEmpty()) {
            throw new IllegalArgumentException("stage " + stage + " with roots " + signing + " and " + beside);
        }
    }

    /** Null if nothing was saved. */
    static @Nullable CaState load(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            CaState state = GSON.fromJson(PrivateFiles.read(file), CaState.class);
            if (state == null) {
                throw new IOException(file + ": is empty, the state of a certificate authority was expected");
            }
            return state;
        } catch (RuntimeException e) {
            // Gson wraps what the constructor says in a bare one.
            throw new IOException(file + ": is damaged, the state of a certificate authority was expected", e);
        }
    }

    void save(Path directory) throws IOException {
        PrivateFiles.write(directory.resolve(FILE), GSON.toJson(this));
    }

    /** A number that no root has. */
    int next() {
        return Math.max(signing, beside == null ? 0 : beside) + 1;
    }
}
