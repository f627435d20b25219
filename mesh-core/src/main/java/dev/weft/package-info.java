/** The front door: what an application needs to put its calls on the mesh. */
@NullMarked
package dev.weft;

import org.jspecify.annotations.NullMarked;
