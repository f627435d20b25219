/** The rules about mesh-core as a whole: who may import whom, where the outside world is, what shows in signatures. */
@NullMarked
package dev.weft.architecture;

import org.jspecify.annotations.NullMarked;
