package dev.weft.config;

/**
 * A copy of the request whose answer is dropped.
 *
 * @param cluster where the copy goes
 * @param share drawn once per request
 */
public record Mirror(String cluster, Fraction share) {}
