package dev.weft.control.ca;

import java.time.Instant;

/**
 * A root that peers trust, for people to look at.
 *
 * @param pin SHA-256 of its certificate, hexadecimal
 * @param subject its name
 * @param expires when it ends
 * @param signs whether new certificates lead to it
 */
public record TrustedRoot(String pin, String subject, Instant expires, boolean signs) {}
