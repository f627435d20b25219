package dev.weft.control.grpc;

import java.util.Map;

/** grpc-xds as it is, on the one stream of a mesh. */
@Plays({
    Story.PING_PONG,
    Story.SECONDARY_LOCALITY_GETS_REQUESTS_ON_PRIMARY_FAILURE,
    Story.REMOVE_INSTANCE_GROUP,
    Story.CHANGE_BACKEND_SERVICE,
    Story.PATH_MATCHING,
    Story.CIRCUIT_BREAKING,
    Story.ALWAYS_ABORT,
    Story.MTLS,
    Story.MTLS_ERROR,
    Story.SERVER_AUTHZ_ERROR,
    Story.AUTHZ_MTLS_ALLOW
})
class BridgedInteropTest extends InteropContract {
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
        return StockInteropTest.LIMITS;
    }
}
