package dev.weft.xds.reader;

import dev.weft.config.ConfigProblem.Severity;
import org.jspecify.annotations.Nullable;

/**
 * A message inside a resource.
 *
 * @param problems of the resource
 * @param path as in {@code virtual_hosts[0].routes[1]}; empty for the resource itself
 */
record Place(Problems problems, String path) {

    Place at(String field) {
        return new Place(problems, path.isEmpty() ? field : path + "." + field);
    }

    Place at(String field, int index) {
        return at(field + "[" + index + "]");
    }

    /** An entry of a map field. */
    Place at(String field, String key) {
        return at(field + "[\"" + key + "\"]");
    }

    /** Refuses the resource because of a field of this message. */
    void refuse(String field, @Nullable Object value, String expectation) {
        at(field).refuse(value, expectation);
    }

    /** Refuses the resource because of this message. */
    void refuse(@Nullable Object value, String expectation) {
        problems.add(Severity.ERROR, path, shown(value), expectation);
    }

    /** Keeps the resource, but says that a field of this message is not honoured. */
    void warn(String field, @Nullable Object value, String expectation) {
        problems.add(Severity.WARNING, at(field).path, shown(value), expectation);
    }

    /** A value can be a whole message; a problem is for one line of a log. */
    private static @Nullable String shown(@Nullable Object value) {
        String text = value == null ? null : value.toString();
        return text == null || text.length() <= 120 ? text : text.substring(0, 117) + "...";
    }
}
