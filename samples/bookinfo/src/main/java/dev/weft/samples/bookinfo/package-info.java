/**
 * Istio's Bookinfo as separate JVM processes whose calls to each other go through Weft. Each service is one class with a {@code
 * main}, on the JDK's own HTTP server: {@link dev.weft.samples.bookinfo.ProductPage}, {@link
 * dev.weft.samples.bookinfo.Details}, {@link dev.weft.samples.bookinfo.Reviews}, {@link dev.weft.samples.bookinfo.Ratings}.
 * What they have in common is {@link dev.weft.samples.bookinfo.Service}; {@code page} draws the page, {@code launch} starts the
 * processes, {@code check} plays the scenes and measures.
 */
@NullMarked
package dev.weft.samples.bookinfo;

import org.jspecify.annotations.NullMarked;
