package dev.weft.grpc.netty;

import dev.weft.grpc.link.LinkSecurity;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.channel.ChannelHandler;
import io.netty.util.AsciiString;

/** Encrypts connections to hosts of the mesh as the mesh says, and any other as the user's builder says. */
final class LinkNegotiator implements InternalProtocolNegotiator.ProtocolNegotiator {
    private final InternalProtocolNegotiator.ProtocolNegotiator own;
    private final InternalProtocolNegotiator.ProtocolNegotiator plaintext = InternalProtocolNegotiators.plaintext();

    /** @param own the builder's */
    LinkNegotiator(InternalProtocolNegotiator.ProtocolNegotiator own) {
        this.own = own;
    }

    /** One for all connections of a channel: gRPC asks before it knows the address. Servers do not go by it. */
    @Override
    public AsciiString scheme() {
        return own.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
        LinkSecurity security = grpc.getEagAttributes().get(LinkSecurity.KEY);
        if (security == null) {
            return own.newHandler(grpc);
        }
        if (security.tls() == null) {
            return plaintext.newHandler(grpc);
        }
        return InternalProtocolNegotiators.waitUntilActiveHandler(
                new LinkHandshake(grpc, security, security.tls()), grpc.getNegotiationLogger());
    }

    @Override
    public void close() {
        own.close();
        plaintext.close();
    }
}
