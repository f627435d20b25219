package dev.weft.control.grpc;

import dev.weft.Mesh;
import dev.weft.Trust;
import java.util.Map;

/** grpc-xds as it is, with an ADS stream of its own. */
@Plays({
    Story.PING_PONG,
    Story.ROUND_ROBIN,
    Story.SECONDARY_LOCALITY_GETS_REQUESTS_ON_PRIMARY_FAILURE,
    Story.REMOVE_INSTANCE_GROUP,
    Story.TRAFFIC_SPLITTING,
    Story.HEADER_MATCHING,
    Story.CIRCUIT_BREAKING,
    Story.TIMEOUT_IN_ROUTE_RULE,
    Story.ALWAYS_ABORT,
    Story.RETRY_UP_TO_4_ATTEMPTS_AND_SUCCEED,
    Story.HEADER_BASED_AFFINITY,
    Story.MTLS,
    Story.AUTHZ_PLAINTEXT_ALLOW
})
class StockInteropTest extends InteropContract {
    /** What grpc-xds cannot do, however it is fed. */
    static final Map<Story, String> LIMITS = Map.of(
            Story.GENTLE_FAILOVER,
            "grpc-xds uses the next priority only when no server of the first can be reached; Traffic Director shifts shares itself",
            Story.TLS,
            "grpc-xds takes roots only from a certificate provider of its bootstrap, Istio's SIMPLE names a file");

    @Override
    String client() {
        return "grpc-xds";
    }

    @Override
    GrpcClient.Starter starter() {
        return (plane, directory, locality, trust) -> {
            if (trust == Trust.none()) {
                return StockClient.start(plane, directory, locality, null);
            }
            try (Mesh mesh = CallerMesh.start(plane, directory, locality, trust)) {
                return StockClient.start(
                        plane, directory, locality, mesh.identity().current());
            }
        };
    }

    @Override
    Map<Story, String> gaps() {
        return LIMITS;
    }
}
