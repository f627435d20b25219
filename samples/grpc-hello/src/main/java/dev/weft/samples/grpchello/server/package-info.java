/** Whom the sample calls. */
@NullMarked
package dev.weft.samples.grpchello.server;

import org.jspecify.annotations.NullMarked;
