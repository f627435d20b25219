package dev.weft.controlplane;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Channels to control planes. Whoever opens one shuts it down. */
public final class ControlPlaneChannel {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private ControlPlaneChannel() {}

    /** Without TLS: the caller has seen to it that this is loopback or was asked for. */
    public static ManagedChannel plaintext(ServerAddress address) {
        return builder(address).usePlaintext().build();
    }

    /**
     * With TLS by JSSE: it is a connection or two in an hour, which is not worth a native library of each platform.
     *
     * @param context of {@link dev.weft.identity.MeshTls}, which resumes no session and so judges each connection
     * @param interceptors of every call
     */
    public static ManagedChannel secure(ServerAddress address, SSLContext context, ClientInterceptor... interceptors) {
        return builder(address)
                .sslContext(overHttp2(context))
                .intercept(interceptors)
                .build();
    }

    private static SslContext overHttp2(SSLContext context) {
        ApplicationProtocolConfig http2 = new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, "h2");
        return new JdkSslContext(
                context, true, null, IdentityCipherSuiteFilter.INSTANCE, http2, ClientAuth.NONE, PROTOCOLS, false);
    }

    private static NettyChannelBuilder builder(ServerAddress address) {
        return NettyChannelBuilder.forAddress(address.host(), address.port())
                // Callbacks only hand over to threads of their own.
                .directExecutor()
                // A stream is silent for hours when nothing changes; only a ping finds out that the other side is gone.
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                // The clusters of a large mesh come in one message of tens of megabytes.
                .maxInboundMessageSize(256 << 20)
                .disableRetry();
    }
}
