/** Metrics under Istio's standard names, so that dashboards made for Istio work unchanged. */
@NullMarked
package dev.weft.telemetry.micrometer;

import org.jspecify.annotations.NullMarked;
