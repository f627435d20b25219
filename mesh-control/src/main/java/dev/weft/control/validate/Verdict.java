package dev.weft.control.validate;

import java.util.Locale;

/** What becomes of a document. */
public enum Verdict {
    /** Valid, and every field has its effect. */
    HONOURED,
    /** Valid Istio of which an in-process mesh does not do a part; which, the warnings say. */
    UNSUPPORTED,
    /** Refused. */
    INVALID;

    /** As printed: {@code honoured}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
