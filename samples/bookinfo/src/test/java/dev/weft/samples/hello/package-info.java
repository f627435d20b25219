/** What the README shows, compiled and run. */
@NullMarked
package dev.weft.samples.hello;

import org.jspecify.annotations.NullMarked;
