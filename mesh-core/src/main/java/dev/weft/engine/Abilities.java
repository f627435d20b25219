package dev.weft.engine;

/**
 * What an adapter can honour, so that the engine never commands the impossible and explain says what was left out.
 *
 * @param parallelAttempts can have several attempts of one exchange in flight (hedging)
 * @param mirrors can send copies
 * @param seesTrailers reports gRPC status from trailers in {@link Attempt.Closed}
 * @param poolLimits enforces connection and pending limits of {@code CircuitBreakers} and reports
 *     {@link Attempt.Failure#POOL_OVERFLOW}
 * @param tls can originate TLS as an attempt says
 */
public record Abilities(
        boolean parallelAttempts, boolean mirrors, boolean seesTrailers, boolean poolLimits, boolean tls) {}
