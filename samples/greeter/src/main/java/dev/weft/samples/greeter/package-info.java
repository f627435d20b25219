/** The service that the other samples call. */
@NullMarked
package dev.weft.samples.greeter;

import org.jspecify.annotations.NullMarked;
