package dev.weft.authz.external;

import com.google.protobuf.Timestamp;
import dev.weft.authz.Arrival;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import dev.weft.proto.envoy.service.auth.v3.AttributeContext;
import dev.weft.proto.envoy.service.auth.v3.CheckRequest;
import dev.weft.request.RequestHead;
import dev.weft.runtime.Ticker;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a gRPC authorizer is told of a request, as Envoy tells it. */
final class CheckRequests {
    private final ExternalAuthorizationStage said;
    private final @Nullable HeaderNames sent;
    private final HeaderNames hidden;
    private final Supplier<String> self;
    private final Ticker ticker;
    private final AtomicLong ids = new AtomicLong();

    /** @param self this process's SPIFFE identity, or empty */
    CheckRequests(ExternalAuthorizationStage said, Supplier<String> self, Ticker ticker) {
        this.said = said;
        this.self = self;
        this.ticker = ticker;
        sent = said.requestHeaders() == null ? null : HeaderNames.of(said.requestHeaders());
        hidden = HeaderNames.of(said.hiddenHeaders());
    }

    byte[] request(Arrival arrival) {
        Arrival.Connection connection = arrival.connection();
        String caller = arrival.principal();
        long now = ticker.epochMillis();
        AttributeContext.Builder context = AttributeContext.newBuilder()
                .setSource(peer(connection.remote(), 0, caller == null ? "" : caller))
                .setDestination(peer(connection.local(), connection.servicePort(), self.get()))
                .setRequest(AttributeContext.Request.newBuilder()
                        .setTime(Timestamp.newBuilder()
                                .setSeconds(Math.floorDiv(now, 1000L))
                                .setNanos((int) Math.floorMod(now, 1000L) * 1_000_000))
                        .setHttp(http(arrival.head(), connection.encrypted())))
                .setMetadataContext(metadata(arrival));
        if (said.tlsSession() && connection.encrypted()) {
            context.setTlsSession(AttributeContext.TLSSession.newBuilder().setSni(connection.sni()));
        }
        return CheckRequest.newBuilder().setAttributes(context).build().toByteArray();
    }

    private static AttributeContext.Peer.Builder peer(@Nullable InetAddress address, int port, String principal) {
        AttributeContext.Peer.Builder peer = AttributeContext.Peer.newBuilder().setPrincipal(principal);
        if (address != null) {
            peer.setAddress(Address.newBuilder()
                    .setSocketAddress(SocketAddress.newBuilder()
                            .setAddress(address.getHostAddress())
                            .setPortValue(port)));
        }
        return peer;
    }

    private AttributeContext.HttpRequest.Builder http(RequestHead head, boolean encrypted) {
        String scheme = encrypted ? "https" : "http";
        AttributeContext.HttpRequest.Builder http = AttributeContext.HttpRequest.newBuilder()
                .setId(String.valueOf(ids.incrementAndGet()))
                .setMethod(head.method())
                .setPath(head.path())
                .setHost(head.authority())
                .setScheme(scheme)
                .setSize(size(head));
        put(http, ":method", head.method());
        put(http, ":authority", head.authority());
        put(http, ":path", head.path());
        put(http, ":scheme", scheme);
        head.headers().forEach((name, value) -> {
            if (!http.containsHeaders(name)) {
                put(http, name, String.valueOf(head.headers().joined(name)));
            }
        });
        return http;
    }

    private void put(AttributeContext.HttpRequest.Builder http, String name, String value) {
        if ((sent == null || sent.match(name)) && !hidden.match(name)) {
            http.putHeaders(name, value);
        }
    }

    /** -1 where nobody has said it. */
    private static long size(RequestHead head) {
        String length = head.headers().first("content-length");
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private Metadata.Builder metadata(Arrival arrival) {
        Metadata.Builder metadata = Metadata.newBuilder();
        for (String filter : said.metadataNamespaces()) {
            Map<String, ?> noted = arrival.metadata(filter);
            if (!noted.isEmpty()) {
                metadata.putFilterMetadata(filter, Structs.struct(noted));
            }
        }
        return metadata;
    }
}
