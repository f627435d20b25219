package dev.weft.spring;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mesh.health}: when Actuator's health indicator says that something is to be looked at.
 *
 * @param staleAfter a configuration that no control plane has confirmed for longer is DEGRADED; a younger one is UP
 * @param identityWarning an identity that ends sooner, without a successor, is DEGRADED; of a short life its last sixth
 */
public record HealthProperties(
        @DefaultValue("1h") Duration staleAfter,
        @DefaultValue("10m") Duration identityWarning) {}
