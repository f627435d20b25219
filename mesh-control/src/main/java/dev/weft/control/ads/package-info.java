/**
 * Pushes configuration over xDS: the Aggregated Discovery Service, delta and state-of-the-world, and the Client Status
 * Discovery Service that tells who is connected. In come {@link dev.weft.control.ads.View}s from a
 * {@link dev.weft.control.ads.ResourceSource} (the translator) and requests from clients; out go responses, and
 * registrations to {@code registry}.
 *
 * <p>Each stream is a monitor: requests come on gRPC's threads, pushes on the push threads, and neither blocks inside.
 */
@NullMarked
package dev.weft.control.ads;

import org.jspecify.annotations.NullMarked;
