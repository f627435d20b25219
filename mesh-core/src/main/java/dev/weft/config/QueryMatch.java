package dev.weft.config;

import org.jspecify.annotations.Nullable;

/**
 * A condition on a query parameter's raw, undecoded value.
 *
 * @param name parameter name
 * @param match condition, or null: present is enough
 */
public record QueryMatch(String name, @Nullable StringMatch match) {}
