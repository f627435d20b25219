package dev.weft.spring;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings below {@code mesh.} that only Spring knows; what the mesh itself reads goes to its builder as it is. A name that is neither
 * here nor a setting of the mesh is an error at the start.
 *
 * @param enabled false: clients untouched, filters absent, declared clients plain HTTP
 * @param outbound which clients are put on the mesh
 * @param inbound what is done with requests that arrive
 * @param health of Actuator
 * @param clients settings of declared clients by their names
 */
@ConfigurationProperties("mesh")
public record MeshProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue @NestedConfigurationProperty OutboundProperties outbound,
        @DefaultValue @NestedConfigurationProperty InboundProperties inbound,
        @DefaultValue @NestedConfigurationProperty HealthProperties health,
        @DefaultValue Map<String, ClientProperties> clients) {}
