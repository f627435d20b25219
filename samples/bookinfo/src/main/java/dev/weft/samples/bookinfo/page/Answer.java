package dev.weft.samples.bookinfo.page;

import java.util.Optional;

/**
 * What came back from a service behind the page.
 *
 * @param status HTTP status; 0 if the connection broke
 * @param body text; of an answer of the mesh itself: its reason
 * @param hop the call, as the service saw it
 * @param behind the call that it made in its turn
 * @param flags the mesh's flags if the mesh answered in the service's place
 */
public record Answer(int status, String body, Optional<Hop> hop, Optional<Hop> behind, Optional<String> flags) {

    /** A call that ended without any answer. */
    public static Answer broken(String reason) {
        return new Answer(0, reason, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** {@code 504 UT: route reviews-v2: ...}, for people. */
    String problem() {
        StringBuilder text = new StringBuilder(status == 0 ? "no answer" : String.valueOf(status));
        flags.filter(some -> !some.isEmpty()).ifPresent(some -> text.append(' ').append(some));
        return body.isBlank() ? text.toString() : text.append(": ").append(body).toString();
    }
}
