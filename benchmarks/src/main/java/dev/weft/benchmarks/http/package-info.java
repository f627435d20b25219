/**
 * Compares HTTP clients side by side in one run: the mesh's, and others without a mesh, against the same server in a process
 * of its own. {@link dev.weft.benchmarks.http.ClientComparison} is the program.
 */
@NullMarked
package dev.weft.benchmarks.http;

import org.jspecify.annotations.NullMarked;
