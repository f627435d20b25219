package dev.weft.grpc.netty;

import dev.weft.Mesh;
import dev.weft.grpc.target.MeshTargets;
import dev.weft.grpc.tls.MeshCertificates;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.NettyChannelBuilder;

/** Sets channel builders up. */
final class MeshChannels {
    private MeshChannels() {}

    static NettyChannelBuilder wrap(Mesh mesh, Object given) {
        NettyChannelBuilder builder = (NettyChannelBuilder) given;
        BuilderSecurity security = BuilderSecurity.of(builder);
        if (!(security.factory() instanceof LinkNegotiators)) {
            security.replace(new LinkNegotiators(security));
        }
        return MeshTargets.meshed(mesh, builder, MeshCertificates.of(mesh));
    }

    /** In the place of the builder's own, which it asks for connections that are not the mesh's. */
    private static final class LinkNegotiators implements InternalProtocolNegotiator.ClientFactory {
        private final BuilderSecurity own;

        LinkNegotiators(BuilderSecurity own) {
            this.own = own;
        }

        @Override
        public InternalProtocolNegotiator.ProtocolNegotiator newNegotiator() {
            return new LinkNegotiator(own.newNegotiator());
        }

        /** By it a resolver learns whether the builder was told to encrypt. */
        @Override
        public int getDefaultPort() {
            return own.defaultPort();
        }
    }
}
