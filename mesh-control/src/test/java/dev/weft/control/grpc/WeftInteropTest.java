package dev.weft.control.grpc;

import java.util.Map;

/** Weft's channel. */
final class WeftInteropTest extends InteropContract {
    @Override
    String client() {
        return "Weft's channel";
    }

    @Override
    GrpcClient.Starter starter() {
        return (plane, directory, locality, trust) ->
                new WeftClient(CallerMesh.start(plane, directory, locality, trust));
    }

    @Override
    Map<Story, String> gaps() {
        return Map.of(
                Story.SECONDARY_LOCALITY_GETS_NO_REQUESTS_ON_PARTIAL_PRIMARY_FAILURE,
                "Weft keeps Envoy's rule, as Istio's sidecars do: of a zone with half of its servers ejected 70 percent of the calls stay");
    }
}
