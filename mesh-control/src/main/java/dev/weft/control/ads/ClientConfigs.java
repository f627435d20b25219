package dev.weft.control.ads;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import dev.weft.control.access.Caller;
import dev.weft.control.registry.Health;
import dev.weft.proto.envoy.admin.v3.ClientResourceStatus;
import dev.weft.proto.envoy.admin.v3.UpdateFailureState;
import dev.weft.proto.envoy.service.status.v3.ClientConfig;
import dev.weft.proto.envoy.service.status.v3.ClientConfig.GenericXdsConfig;
import dev.weft.proto.envoy.service.status.v3.ConfigStatus;

/**
 * Puts a stream's status into CSDS messages: an entry without a name per type, which says how the whole type stands, and
 * one for each resource that the client refused. Contents are left out; they would be the whole mesh per client.
 */
final class ClientConfigs {
    /** What this adds to the node's metadata; the key is Weft's own, as elsewhere in xDS. */
    static final String METADATA = "dev.weft";

    /** A client that refuses everything must not make the answer as large as everything. */
    private static final int MAX_REJECTIONS = 50;

    private ClientConfigs() {}

    static ClientConfig of(StreamStatus status) {
        ClientConfig.Builder config = ClientConfig.newBuilder()
                .setNode(status.rawNode().toBuilder()
                        .setMetadata(status.node().metadata().toBuilder()
                                .putFields(
                                        METADATA,
                                        Value.newBuilder()
                                                .setStructValue(about(status))
                                                .build())));
        for (TypeStatus type : status.types()) {
            config.addGenericXdsConfigs(summary(type));
            type.rejections().stream()
                    .limit(MAX_REJECTIONS)
                    .forEach(rejection -> config.addGenericXdsConfigs(refused(type.type(), rejection)));
        }
        return config.build();
    }

    private static Struct about(StreamStatus status) {
        Health health = status.health();
        String state = health == null ? "" : health.state() + (health.reason().isEmpty() ? "" : ": " + health.reason());
        Struct.Builder about = Struct.newBuilder()
                .putFields("name", text(status.node().displayName()))
                .putFields("client", text(status.node().version()))
                .putFields("kind", text(status.node().kind().name()))
                .putFields("protocol", text(status.dialect().name()))
                .putFields("registered", text(state))
                .putFields("connectedAt", text(Timestamps.toString(Timestamps.fromMillis(status.connectedAtMillis()))));
        Caller caller = status.caller();
        if (caller != null) {
            about.putFields("identity", text(caller.identity().toString()))
                    .putFields("credential", text(caller.method()))
                    .putFields("expires", text(Timestamps.toString(Timestamps.fromMillis(caller.expiresMillis()))));
        }
        return about.build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static GenericXdsConfig summary(TypeStatus type) {
        return GenericXdsConfig.newBuilder()
                .setTypeUrl(type.type().typeUrl())
                .setVersionInfo(type.version())
                .setLastUpdated(time(type.acceptedAtMillis()))
                .setConfigStatus(configStatus(type))
                .setClientStatus(clientStatus(type))
                .build();
    }

    private static ConfigStatus configStatus(TypeStatus type) {
        if (!type.rejections().isEmpty()) {
            return ConfigStatus.ERROR;
        }
        if (type.waiting()) {
            return ConfigStatus.STALE;
        }
        return type.acceptedAtMillis() == 0 ? ConfigStatus.NOT_SENT : ConfigStatus.SYNCED;
    }

    private static ClientResourceStatus clientStatus(TypeStatus type) {
        if (!type.rejections().isEmpty()) {
            return ClientResourceStatus.NACKED;
        }
        return type.waiting() || type.acceptedAtMillis() == 0
                ? ClientResourceStatus.REQUESTED
                : ClientResourceStatus.ACKED;
    }

    private static GenericXdsConfig refused(ResourceType type, Rejection rejection) {
        return GenericXdsConfig.newBuilder()
                .setTypeUrl(type.typeUrl())
                .setName(rejection.resource().name())
                .setVersionInfo(
                        rejection.previous() == null ? "" : rejection.previous().version())
                .setConfigStatus(ConfigStatus.ERROR)
                .setClientStatus(ClientResourceStatus.NACKED)
                .setErrorState(UpdateFailureState.newBuilder()
                        .setDetails(rejection.message())
                        .setVersionInfo(rejection.resource().version())
                        .setLastUpdateAttempt(time(rejection.atMillis())))
                .build();
    }

    private static Timestamp time(long millis) {
        return millis == 0 ? Timestamp.getDefaultInstance() : Timestamps.fromMillis(millis);
    }
}
