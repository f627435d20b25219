package dev.weft.control.grpc;

import java.util.Map;

/** grpc-xds as it is, with an ADS stream of its own. */
final class StockInteropTest extends InteropContract {
    @Override
    String client() {
        return "grpc-xds";
    }

    @Override
    GrpcClient.Starter starter() {
        return StockClient::start;
    }

    @Override
    Map<Story, String> gaps() {
        return Map.of(
                Story.GENTLE_FAILOVER,
                "grpc-xds uses the next priority only when no server of the first can be reached; Traffic Director shifts shares itself",
                Story.TLS,
                "grpc-xds takes roots only from a certificate provider of its bootstrap, Istio's SIMPLE names a file",
                Story.CIRCUIT_BREAKING,
                "grpc-xds counts calls only of clusters with load reports (lrs_server), which this control plane does not take");
    }
}
