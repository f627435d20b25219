/**
 * The mesh in Actuator: an endpoint that shows what is in force and what was seen, a health indicator, a word in {@code info}. Reads
 * only, by the thread of the request.
 */
@NullMarked
package dev.weft.spring.actuate;

import org.jspecify.annotations.NullMarked;
