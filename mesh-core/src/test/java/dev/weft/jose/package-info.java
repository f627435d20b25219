@NullMarked
package dev.weft.jose;

import org.jspecify.annotations.NullMarked;
