package dev.weft.control.store;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.RefusedPolicy;
import dev.weft.control.istio.Resource;
import dev.weft.control.validate.Checked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one file: the text that was read last, and the last one that was good.
 *
 * @param read the text last read, null if it could not be read
 * @param refusal why that text is not in force; empty if it is
 * @param good the text in force, or null if none ever was good
 * @param documents of the text in force
 * @param locks what stands in for refused documents about security, where no text ever was good
 */
record FileVersion(
        @Nullable String read,
        List<ConfigProblem> refusal,
        @Nullable String good,
        List<Checked> documents,
        List<Resource<RefusedPolicy>> locks) {
    FileVersion {
        refusal = List.copyOf(refusal);
        documents = List.copyOf(documents);
        locks = List.copyOf(locks);
    }

    /** A text that is in force. */
    static FileVersion good(String text, List<Checked> documents) {
        return new FileVersion(text, List.of(), text, documents, List.of());
    }

    boolean refused() {
        return !refusal.isEmpty();
    }
}
