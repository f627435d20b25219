@NullMarked
package dev.weft.spring.declared;

import org.jspecify.annotations.NullMarked;
