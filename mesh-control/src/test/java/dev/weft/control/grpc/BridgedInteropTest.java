package dev.weft.control.grpc;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** grpc-xds as it is, on the one stream of a mesh. */
@Tag("interop")
final class BridgedInteropTest extends InteropContract {
    @Override
    String client() {
        return "grpc-xds on the bridge";
    }

    @Override
    GrpcClient.Starter starter() {
        return (plane, directory, locality, trust) ->
                new BridgedClient(CallerMesh.start(plane, directory, locality, trust));
    }

    @Override
    Map<Story, String> gaps() {
        Map<Story, String> gaps = new EnumMap<>(StockInteropTest.LIMITS);
        gaps.put(
                Story.MTLS_ERROR,
                "calls are not refused: they wait for an identity that does not come, until their deadline");
        return gaps;
    }
}
