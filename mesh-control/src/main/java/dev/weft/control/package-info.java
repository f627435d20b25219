/** The control plane: Istio configuration and a registry of live instances in, xDS out. */
@NullMarked
package dev.weft.control;

import org.jspecify.annotations.NullMarked;
