/**
 * Interfaces as clients ({@code @MeshClient}): found by a registrar, implemented by Spring's HTTP service groups, one group for each
 * name. Added here are the base URL, the values of annotations and properties as request attributes, fallbacks, and checks at start.
 * The registrar runs where bean definitions are made (when an application is built ahead of time: there and not at start), everything
 * else when the proxies are; calls run on the caller's thread.
 */
@NullMarked
package dev.weft.spring.declared;

import org.jspecify.annotations.NullMarked;
