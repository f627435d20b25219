/**
 * Writes what a workload does with requests that arrive: Istio's PeerAuthentication, RequestAuthentication and
 * AuthorizationPolicy as the listener that a sidecar gets, {@code virtualInbound}. In: {@link
 * dev.weft.control.catalog.InboundPolicies} and the workload's ports. Out: one {@code Listener}. Whatever cannot be translated
 * denies. Pure functions, any thread.
 */
@NullMarked
package dev.weft.control.translate.inbound;

import org.jspecify.annotations.NullMarked;
