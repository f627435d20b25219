package dev.weft.upstream;

/**
 * A host is out of rotation because of what it did.
 *
 * @param cause as in {@code 5 consecutive 5xx}
 * @param sinceNanos on the ticker's clock
 * @param untilNanos on the ticker's clock; it comes back with the first sweep at or after this
 */
public record Ejection(String cause, long sinceNanos, long untilNanos) {}
