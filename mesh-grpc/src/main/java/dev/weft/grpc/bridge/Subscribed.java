package dev.weft.grpc.bridge;

import com.google.protobuf.Message;
import dev.weft.config.StockResources.Answer;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a stream wants of one type, and has been sent. Guarded by its stream. */
final class Subscribed {
    /** Types of which a response says everything there is, so that what it leaves out is gone. */
    private static final Set<String> FULL_STATE =
            Set.of(ServerListeners.TYPE_URL, "type.googleapis.com/envoy.config.cluster.v3.Cluster");

    /** Of other types a response cannot say that something does not exist: a table that leads nowhere, a cluster of nobody. */
    private static final Map<String, Function<String, Message>> NOTHING = Map.of(
            "type.googleapis.com/envoy.config.route.v3.RouteConfiguration",
            name -> RouteConfiguration.newBuilder().setName(name).build(),
            "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment",
            name -> ClusterLoadAssignment.newBuilder().setClusterName(name).build());

    private final boolean fullState;
    private final @Nullable Function<String, Message> nothing;
    private Set<String> wanted = Set.of();
    private Map<String, byte[]> sent = new HashMap<>();

    /** Something was asked for since the last response, which may be that it does not exist. */
    private boolean owed;

    Subscribed(String typeUrl) {
        fullState = FULL_STATE.contains(typeUrl);
        nothing = NOTHING.get(typeUrl);
    }

    /** Takes what is wanted from now on; false if that is nothing new. */
    boolean want(Set<String> names) {
        if (names.equals(wanted)) {
            return false;
        }
        wanted = names;
        sent.keySet().retainAll(names);
        owed = true;
        return true;
    }

    /** Whether it says of everything wanted that it is here or does not exist. */
    boolean isAnswered(Answer answer) {
        return wanted.stream()
                .allMatch(name ->
                        answer.resources().containsKey(name) || answer.absent().contains(name));
    }

    /** What is to be sent; null if nothing is. */
    @Nullable
    Map<String, byte[]> news(Answer answer) {
        if (wanted.isEmpty()) {
            return null;
        }
        return fullState ? everything(answer) : changes(answer);
    }

    private @Nullable Map<String, byte[]> everything(Answer answer) {
        // What is on its way must not seem to be gone, neither to this stream's reader nor to one that kept it from an
        // earlier stream.
        if (!isAnswered(answer)) {
            return null;
        }
        Map<String, byte[]> now = new HashMap<>(answer.resources());
        now.keySet().retainAll(wanted);
        if (!owed && now.equals(sent)) {
            return null;
        }
        owed = false;
        sent = now;
        return now;
    }

    private @Nullable Map<String, byte[]> changes(Answer answer) {
        Map<String, byte[]> changed = new HashMap<>();
        for (String name : wanted) {
            byte[] value = answer.resources().get(name);
            if (value != null && sent.put(name, value) != value) {
                changed.put(name, value);
            } else if (nothing != null && answer.absent().contains(name) && !sent.containsKey(name)) {
                byte[] none = nothing.apply(name).toByteArray();
                sent.put(name, none);
                changed.put(name, none);
            }
        }
        return changed.isEmpty() ? null : changed;
    }
}
