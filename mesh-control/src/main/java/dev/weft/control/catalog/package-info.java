/**
 * What exists and what applies: services with their workloads, and the rules about them. In: accepted Istio resources and the
 * registry's snapshot. Out: answers to "what may this client see, which rules hold for it", with hosts resolved and rules
 * merged as Istio does. No wire types. Immutable, any thread.
 */
@NullMarked
package dev.weft.control.catalog;

import org.jspecify.annotations.NullMarked;
