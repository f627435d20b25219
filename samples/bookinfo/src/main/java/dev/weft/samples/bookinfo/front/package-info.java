/**
 * The page's service, a Spring Boot application: services behind it are interfaces with {@code @MeshClient}, and nothing else here knows
 * that there is a mesh, but what reports about it.
 */
@NullMarked
package dev.weft.samples.bookinfo.front;

import org.jspecify.annotations.NullMarked;
