package dev.weft.grpc.netty;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.InternalChannelz.Security;
import io.grpc.InternalChannelz.Tls;
import io.grpc.SecurityLevel;
import io.grpc.internal.GrpcAttributes;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.ProtocolNegotiationEvent;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSession;

/** What a finished handshake adds to a connection's attributes. */
final class Negotiated {
    private Negotiated() {}

    static ProtocolNegotiationEvent over(
            ProtocolNegotiationEvent before, SSLSession session, UnaryOperator<Attributes.Builder> more) {
        Attributes.Builder attributes = InternalProtocolNegotiationEvent.getAttributes(before).toBuilder()
                .set(GrpcAttributes.ATTR_SECURITY_LEVEL, SecurityLevel.PRIVACY_AND_INTEGRITY)
                .set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session);
        ProtocolNegotiationEvent told = InternalProtocolNegotiationEvent.withAttributes(
                before, more.apply(attributes).build());
        return InternalProtocolNegotiationEvent.withSecurity(told, new Security(new Tls(session)));
    }
}
