package dev.weft.xds.reader;

import com.google.protobuf.Struct;
import dev.weft.config.Cluster.Protocol;
import dev.weft.config.UpstreamTls;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.TransportSocket;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code transport_socket} and {@code transport_socket_matches}: how connections are encrypted.
 *
 * @param tls for every endpoint, or null
 * @param autoTls for endpoints that say {@code tlsMode: istio}, or null
 */
record TransportSocketReader(
        @Nullable UpstreamTls tls, @Nullable UpstreamTls autoTls) {
    private static final KnownFields SOCKET =
            KnownFields.of(TransportSocket.getDescriptor()).honours("name", "typed_config");

    static TransportSocketReader read(Cluster found, Protocol protocol, boolean autoSni, Place place) {
        UpstreamTls everywhere = found.hasTransportSocket()
                ? socket(found.getTransportSocket(), protocol, autoSni, place.at("transport_socket"))
                : null;
        UpstreamTls labelled = null;
        UpstreamTls others = everywhere;
        boolean closed = false;
        for (int i = 0; i < found.getTransportSocketMatchesCount(); i++) {
            Cluster.TransportSocketMatch match = found.getTransportSocketMatches(i);
            Place at = place.at("transport_socket_matches", i);
            UpstreamTls tls = socket(match.getTransportSocket(), protocol, autoSni, at.at("transport_socket"));
            if (match.getMatch().getFieldsCount() == 0) {
                others = tls;
                closed = true;
            } else if (isIstio(match.getMatch()) && !closed) {
                labelled = tls;
            } else {
                at.refuse("match", match.getMatch().toString().trim(), "{tlsMode: istio}, or {} and nothing after it");
            }
        }
        return new TransportSocketReader(others, labelled);
    }

    private static boolean isIstio(Struct match) {
        return match.getFieldsCount() == 1 && Values.text(match, "tlsMode").equals("istio");
    }

    private static @Nullable UpstreamTls socket(
            TransportSocket found, Protocol protocol, boolean autoSni, Place place) {
        SOCKET.check(found, place);
        if (found.getTypedConfig().is(UpstreamTlsContext.class)) {
            UpstreamTlsContext context =
                    Values.unpack(found.getTypedConfig(), UpstreamTlsContext.class, place.at("typed_config"));
            return context == null
                    ? null
                    : UpstreamTlsReader.read(context, protocol, autoSni, place.at("typed_config"));
        }
        String type = found.getTypedConfig().getTypeUrl();
        boolean plain = type.endsWith(".raw_buffer.v3.RawBuffer")
                || type.isEmpty() && found.getName().equals("envoy.transport_sockets.raw_buffer");
        if (!plain) {
            place.refuse(type.isEmpty() ? found.getName() : type, "UpstreamTlsContext or RawBuffer");
        }
        return null;
    }
}
