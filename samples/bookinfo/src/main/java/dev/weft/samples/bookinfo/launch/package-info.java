/**
 * Starts the control plane and the services as processes, watches who answers, and stops everything. The launcher itself is no
 * part of the mesh: it looks at it from outside, as a browser does.
 */
@NullMarked
package dev.weft.samples.bookinfo.launch;

import org.jspecify.annotations.NullMarked;
