package dev.weft.spring;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which clients of the application are put on the mesh without being asked.
 *
 * @param restClient RestClient, RestTemplate and HTTP service groups on them
 * @param webClient WebClient and HTTP service groups on it
 * @param feign Feign clients
 * @param grpc channels of Spring gRPC, and {@code mesh:///} targets of others
 */
public record OutboundProperties(
        @DefaultValue("true") boolean restClient,
        @DefaultValue("true") boolean webClient,
        @DefaultValue("true") boolean feign,
        @DefaultValue("true") boolean grpc) {}
