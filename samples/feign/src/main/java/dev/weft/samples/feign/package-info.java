/** A Feign client, wrapped. */
@NullMarked
package dev.weft.samples.feign;

import org.jspecify.annotations.NullMarked;
