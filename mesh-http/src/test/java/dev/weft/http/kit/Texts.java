package dev.weft.http.kit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads answers where no checked exception may leave. */
final class Texts {
    private Texts() {}

    static String of(Got got) {
        try {
            return got.text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
