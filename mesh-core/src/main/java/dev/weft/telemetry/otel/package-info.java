/**
 * Spans through the OpenTelemetry API: one client span per attempt, one server span per inbound request, W3C (or whatever the
 * application configured) propagation.
 */
@NullMarked
package dev.weft.telemetry.otel;

import org.jspecify.annotations.NullMarked;
