package dev.weft.xds;

import java.util.Map;
import java.util.Set;

/**
 * What one run leaves to the next.
 *
 * @param dialect of the control plane it came from
 * @param version of the configuration
 * @param acceptedMillis epoch milliseconds at which a control plane last confirmed it
 * @param used virtual hosts that calls went to
 * @param resources as they came
 */
record Stored(
        Dialect dialect,
        String version,
        long acceptedMillis,
        Set<String> used,
        Map<ResourceType, Map<String, AcceptedResources.Raw>> resources) {}
