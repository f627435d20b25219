/** Istio's Bookinfo as separate JVM processes whose calls to each other go through Weft. */
@NullMarked
package dev.weft.samples.bookinfo;

import org.jspecify.annotations.NullMarked;
