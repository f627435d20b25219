/** The small messages that every writer of {@code translate} puts into larger ones. Pure functions, any thread. */
@NullMarked
package dev.weft.control.translate.wire;

import org.jspecify.annotations.NullMarked;
