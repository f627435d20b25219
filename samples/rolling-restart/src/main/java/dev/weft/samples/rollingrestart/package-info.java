/** A Spring Boot service whose instances are restarted one after the other under load, and the count of who noticed. */
@NullMarked
package dev.weft.samples.rollingrestart;

import org.jspecify.annotations.NullMarked;
