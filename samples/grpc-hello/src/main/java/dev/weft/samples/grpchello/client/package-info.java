/** Who calls. */
@NullMarked
package dev.weft.samples.grpchello.client;

import org.jspecify.annotations.NullMarked;
