/** A declared client. */
@NullMarked
package dev.weft.samples.annotation;

import org.jspecify.annotations.NullMarked;
