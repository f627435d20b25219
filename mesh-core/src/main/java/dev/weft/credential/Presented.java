package dev.weft.credential;

import dev.weft.identity.Anchors;

/**
 * A credential as it is now.
 *
 * @param bearer what the authority is shown; a secret
 * @param anchors to whom it may be shown
 */
public record Presented(String bearer, Anchors anchors) {

    /** No secret. */
    @Override
    public String toString() {
        return "Presented[to who leads to " + anchors + "]";
    }
}
