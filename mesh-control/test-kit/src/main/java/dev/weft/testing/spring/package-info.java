/** Puts the mesh of a {@link dev.weft.testing.MeshTest} into a test's application context. Found through {@code spring.factories}. */
@NullMarked
package dev.weft.testing.spring;

import org.jspecify.annotations.NullMarked;
