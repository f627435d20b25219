/**
 * What a mesh is told at its start, and by whom: builder, system properties, environment, {@code mesh.yaml}, platform facts,
 * defaults, in this order. Raw words come in; checked settings with their origins go out, or every problem at once. Used by
 * the thread that starts a mesh.
 */
@NullMarked
package dev.weft.settings;

import org.jspecify.annotations.NullMarked;
