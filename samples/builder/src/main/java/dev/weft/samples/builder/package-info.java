/** A caller without a framework. */
@NullMarked
package dev.weft.samples.builder;

import org.jspecify.annotations.NullMarked;
