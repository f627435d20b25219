package dev.weft.grpc.bridge;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import java.util.HashMap;
import java.util.Map;

/** Says of servers which kind of connections they take, at first and whenever that changes. Guarded by its stream. */
final class ServerListeners {
    static final String TYPE_URL = "type.googleapis.com/envoy.config.listener.v3.Listener";

    private static final String PREFIX = GrpcXds.SERVER_LISTENER.replace("%s", "");

    private final Notices notices;
    private final Map<String, Boolean> said = new HashMap<>();

    ServerListeners(Notices notices) {
        this.notices = notices;
    }

    void sent(String name, byte[] resource) {
        if (!name.startsWith(PREFIX)) {
            return;
        }
        boolean mutualTls;
        try {
            mutualTls = Listener.parseFrom(resource).getDefaultFilterChain().hasTransportSocket();
        } catch (InvalidProtocolBufferException e) {
            // grpc-xds is about to refuse it, and says why.
            return;
        }
        if (!Boolean.valueOf(mutualTls).equals(said.put(name, mutualTls))) {
            notices.serving(name.substring(PREFIX.length()), mutualTls);
        }
    }
}
