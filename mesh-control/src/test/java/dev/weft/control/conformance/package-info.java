/** Runs the shared routing conformance data, where it is there: offline by explanation, and for real over sockets. */
@NullMarked
package dev.weft.control.conformance;

import org.jspecify.annotations.NullMarked;
