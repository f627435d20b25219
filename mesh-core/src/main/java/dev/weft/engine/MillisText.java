package dev.weft.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Milliseconds as text. The time that is left when an attempt is sent is nearly always the same few numbers, and two of them
 * go into every head; they are remembered, each in the one place it can have. Any thread.
 */
final class MillisText {
    private static final int SIZE = 256;
    private static final AtomicReferenceArray<@Nullable Entry> RECENT = new AtomicReferenceArray<>(SIZE);

    private MillisText() {}

    static String of(long millis) {
        int at = (int) millis & SIZE - 1;
        Entry entry = RECENT.getOpaque(at);
        if (entry == null || entry.millis != millis) {
            entry = new Entry(millis, String.valueOf(millis));
            RECENT.setRelease(at, entry);
        }
        return entry.text;
    }

    private record Entry(long millis, String text) {}
}
