/** {@code run --check}: plays the scenes on running processes, kills some of them, and says by numbers whether all went well. */
@NullMarked
package dev.weft.samples.bookinfo.check;

import org.jspecify.annotations.NullMarked;
