/**
 * What is told to the outside about calls: the observer interface that the engine reports to, the access log, and bridges to
 * Micrometer and OpenTelemetry. Observers must not block; a failing observer never fails a request.
 */
@NullMarked
package dev.weft.telemetry;

import org.jspecify.annotations.NullMarked;
