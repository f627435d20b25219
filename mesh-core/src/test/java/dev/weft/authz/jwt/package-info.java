@NullMarked
package dev.weft.authz.jwt;

import org.jspecify.annotations.NullMarked;
