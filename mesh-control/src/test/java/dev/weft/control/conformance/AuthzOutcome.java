package dev.weft.control.conformance;

import dev.weft.request.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param connectionRefused nobody answered
 * @param status of the answer, 0 if there was none
 * @param body of the answer
 * @param headers of the answer
 * @param arrived fields that the application saw, or null if it saw no request
 */
record AuthzOutcome(
        boolean connectionRefused,
        int status,
        String body,
        Headers headers,
        @Nullable Headers arrived) {
    static AuthzOutcome refusedConnection() {
        return new AuthzOutcome(true, 0, "", Headers.EMPTY, null);
    }

    boolean allowed() {
        return arrived != null;
    }

    /** {@code body}, or a field of the answer. */
    @Nullable
    String answer(String field) {
        return field.equals("body") ? body : headers.first(field);
    }

    /** A field that the application saw. */
    @Nullable
    String arrived(String field) {
        return arrived == null ? null : arrived.first(field);
    }
}
