/** A library's packages: clients are found there only on demand. */
@NullMarked
package dev.weft.spring.declared.elsewhere;

import org.jspecify.annotations.NullMarked;
