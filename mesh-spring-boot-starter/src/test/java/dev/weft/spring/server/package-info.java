@NullMarked
package dev.weft.spring.server;

import org.jspecify.annotations.NullMarked;
