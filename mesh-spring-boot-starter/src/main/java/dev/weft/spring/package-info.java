/**
 * Auto-configuration for Spring Boot 4: the mesh as a bean, {@code RestClient} and {@code WebClient} on it, declared
 * clients, inbound filters and the Actuator view. No code lives here yet.
 */
@NullMarked
package dev.weft.spring;

import org.jspecify.annotations.NullMarked;
