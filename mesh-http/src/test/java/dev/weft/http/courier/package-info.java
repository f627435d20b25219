@NullMarked
package dev.weft.http.courier;

import org.jspecify.annotations.NullMarked;
