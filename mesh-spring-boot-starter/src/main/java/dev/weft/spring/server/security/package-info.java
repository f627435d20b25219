/**
 * The caller in Spring Security: an authentication made from the identity that the mesh has proved, for whoever asks for it. Nobody is
 * authenticated by this unasked.
 */
@NullMarked
package dev.weft.spring.server.security;

import org.jspecify.annotations.NullMarked;
