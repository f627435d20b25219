package dev.weft.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with configuration, worded so that its author can mend it.
 *
 * @param severity ERROR refuses the resource, WARNING does not
 * @param resource kind and name, as in {@code RouteConfiguration 9080}
 * @param field path inside the resource, as in {@code virtual_hosts[0].routes[1].route.timeout}; empty for the whole
 * @param value what was found, or null where nothing can be shown
 * @param expectation what was expected
 * @param origin file and line, or null if unknown
 */
public record ConfigProblem(
        Severity severity,
        String resource,
        String field,
        @Nullable String value,
        String expectation,
        @Nullable Origin origin) {

    /** Whether a problem refuses its resource. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public static ConfigProblem error(String resource, String field, @Nullable String value, String expectation) {
        return new ConfigProblem(Severity.ERROR, resource, field, value, expectation, null);
    }

    /** One line, whatever was found: what an author wrote must not steer a terminal. */
    @Override
    public String toString() {
        return Printable.of((origin == null ? "" : origin + ": ")
                + resource
                + (field.isEmpty() ? "" : ": " + field)
                + (value == null ? "" : " = " + value)
                + ": "
                + expectation);
    }
}
