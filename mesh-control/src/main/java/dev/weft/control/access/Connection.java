package dev.weft.control.access;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Over what a call came.
 *
 * @param address with port, as text
 * @param host without port: what is limited together
 * @param tls whether the transport is encrypted
 * @param credentials shown in TLS session and headers
 */
public record Connection(String address, String host, boolean tls, Credentials credentials) {
    static final Context.Key<Connection> KEY = Context.key("weft-ca-connection");
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "Bearer ";

    /** Makes {@link #current()} known to the calls of a service. */
    public static final ServerInterceptor INTERCEPTOR = new ServerInterceptor() {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return Contexts.interceptCall(Context.current().withValue(KEY, of(call, headers)), call, headers, next);
        }
    };

    /** That of the call that is being handled on this thread; null where no interceptor stands before it. */
    public static @Nullable Connection current() {
        return KEY.get();
    }

    static Connection of(ServerCall<?, ?> call, Metadata headers) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        String host = remote instanceof InetSocketAddress socket && socket.getAddress() != null
                ? socket.getAddress().getHostAddress()
                : String.valueOf(remote);
        String address = remote instanceof InetSocketAddress socket ? host + " port " + socket.getPort() : host;
        boolean local = remote instanceof InetSocketAddress socket
                && socket.getAddress() != null
                && socket.getAddress().isLoopbackAddress();
        return new Connection(
                address, host, session != null, new Credentials(bearer(headers), certificates(session), local));
    }

    private static @Nullable String bearer(Metadata headers) {
        String value = headers.get(AUTHORIZATION);
        return value != null && value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? value.substring(BEARER.length()).strip()
                : null;
    }

    private static List<X509Certificate> certificates(@Nullable SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        if (session != null) {
            try {
                for (Certificate certificate : session.getPeerCertificates()) {
                    if (certificate instanceof X509Certificate x509) {
                        chain.add(x509);
                    }
                }
            } catch (SSLPeerUnverifiedException e) {
                return List.of();
            }
        }
        return chain;
    }
}
