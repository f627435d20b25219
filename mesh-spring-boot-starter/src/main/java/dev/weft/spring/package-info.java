/**
 * Weft in Spring Boot 4: what an application names. {@code autoconfigure} makes the mesh a bean, {@code client} puts the clients of
 * the application on it, {@code declared} implements interfaces, {@code server} guards what comes in, {@code actuate} shows it.
 */
@NullMarked
package dev.weft.spring;

import org.jspecify.annotations.NullMarked;
