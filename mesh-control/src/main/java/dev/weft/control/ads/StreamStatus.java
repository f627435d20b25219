package dev.weft.control.ads;

import dev.weft.control.access.Caller;
import dev.weft.control.registry.Health;
import dev.weft.proto.envoy.config.core.v3.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream at one moment.
 *
 * @param rawNode as the client sent it
 * @param node who it is
 * @param caller what the client proved; null over a port that asks for no credential
 * @param dialect which variant of the protocol it speaks
 * @param connectedAtMillis since when, Unix epoch
 * @param health what it registered with, or null if it did not register
 * @param types by type, in order of pushes; those that it never asked for are absent
 */
record StreamStatus(
        Node rawNode,
        ClientNode node,
        @Nullable Caller caller,
        Dialect dialect,
        long connectedAtMillis,
        @Nullable Health health,
        List<TypeStatus> types) {}
