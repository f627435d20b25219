package dev.weft.samples.bookinfo.front;

import com.google.gson.JsonElement;
import dev.weft.samples.bookinfo.Answers;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** JSON as the other services of the sample write it. */
final class Json {
    private Json() {}

    static ResponseEntity<String> of(int status, JsonElement body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Answers.text(body));
    }

    /** {@code {"error": "..."}}. */
    static ResponseEntity<String> error(int status, String message) {
        return of(status, Answers.error(message));
    }
}
