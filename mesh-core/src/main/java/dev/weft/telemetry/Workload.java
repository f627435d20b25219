package dev.weft.telemetry;

/**
 * The process that reports, as metrics name it.
 *
 * @param service name, also the {@code app} label
 * @param namespace where it lives
 * @param version or empty; metrics then say {@code latest} for the canonical revision and {@code unknown} for the version
 */
public record Workload(String service, String namespace, String version) {}
