package dev.weft.http.identity;

import dev.weft.identity.AllowedPeers;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTls;
import dev.weft.identity.MeshTrust;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

/** The two ways in which Netty does TLS, each with the mesh's managers. */
enum Tls {
    JDK {
        @Override
        SslContext client(IdentitySource source, AllowedPeers allowed) {
            return new JdkSslContext(
                    MeshTls.client(source, allowed),
                    true,
                    null,
                    IdentityCipherSuiteFilter.INSTANCE,
                    null,
                    ClientAuth.NONE,
                    null,
                    false);
        }

        @Override
        SslContext server(IdentitySource source, AllowedPeers allowed) {
            return new JdkSslContext(
                    MeshTls.server(source, allowed),
                    false,
                    null,
                    IdentityCipherSuiteFilter.INSTANCE,
                    null,
                    ClientAuth.REQUIRE,
                    null,
                    false);
        }
    },
    OPENSSL {
        @Override
        SslContext client(IdentitySource source, AllowedPeers allowed) throws Exception {
            return withoutSessions(SslContextBuilder.forClient()
                    .sslProvider(SslProvider.OPENSSL)
                    .keyManager(MeshKeys.of(source))
                    .trustManager(MeshTrust.forPeers(source, allowed))
                    .endpointIdentificationAlgorithm(null)
                    .build());
        }

        @Override
        SslContext server(IdentitySource source, AllowedPeers allowed) throws Exception {
            return withoutSessions(SslContextBuilder.forServer(MeshKeys.of(source))
                    .sslProvider(SslProvider.OPENSSL)
                    .trustManager(MeshTrust.forPeers(source, allowed))
                    .clientAuth(ClientAuth.REQUIRE)
                    .build());
        }

        /** Tickets are off in Netty unless keys for them are given; the cache is not. */
        private SslContext withoutSessions(SslContext context) {
            ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(false);
            return context;
        }
    };

    abstract SslContext client(IdentitySource source, AllowedPeers allowed) throws Exception;

    abstract SslContext server(IdentitySource source, AllowedPeers allowed) throws Exception;
}
