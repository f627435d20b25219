/** Spring Boot on the mesh in six lines. */
@NullMarked
package dev.weft.samples.hellomesh;

import org.jspecify.annotations.NullMarked;
