/**
 * The mesh in a unit test. In: a directory of Istio YAML as the control plane gets it, and stand-ins for the services. Out: a {@link
 * dev.weft.Mesh} that behaves as in production, without a control plane, and assertions about what the policy decides. Transport
 * security is left out: stand-ins speak plaintext and nobody has an identity.
 */
@NullMarked
package dev.weft.testing;

import org.jspecify.annotations.NullMarked;
