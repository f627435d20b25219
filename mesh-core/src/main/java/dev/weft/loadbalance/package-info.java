/**
 * Picks a host. In: a cluster's policy and its {@link dev.weft.upstream.HostSets}, compiled into a {@link
 * dev.weft.loadbalance.LoadBalancer} on the control thread whenever one of them changes; then, per attempt, a {@link
 * dev.weft.loadbalance.Selection}. Out: a host, or null when none may be used. The arithmetic is Envoy's. Picking takes no lock
 * and is safe for any thread.
 */
@NullMarked
package dev.weft.loadbalance;

import org.jspecify.annotations.NullMarked;
