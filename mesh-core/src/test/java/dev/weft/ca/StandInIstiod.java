package dev.weft.ca;

import dev.weft.identity.Pem;
import dev.weft.identity.Svid;
import dev.weft.identity.TestAuthority;
import dev.weft.proto.istio.v1.auth.IstioCertificateRequest;
import dev.weft.proto.istio.v1.auth.IstioCertificateResponse;
import dev.weft.proto.istio.v1.auth.IstioCertificateServiceGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/**
 * Istio's certificate service as istiod offers it: a TLS port on which client certificates are optional, a serving certificate for a host
 * name, and answers of leaf, intermediates in one element, and last all roots in one.
 */
public final class StandInIstiod implements AutoCloseable {
    private static final Context.Key<Asked> ASKED = Context.key("asked");

    /** What a request showed. */
    public record Asked(
            @Nullable String authorization, @Nullable String clusterId, List<X509Certificate> certificates) {}

    /** Decides about a request. */
    public interface Answers {
        List<String> to(Asked asked, PublicKey key);
    }

    public final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Server server;
    private final int port;
    private volatile Answers answers;

    private StandInIstiod(
            PrivateKey serving, List<X509Certificate> shown, List<X509Certificate> clientRoots, Answers answers)
            throws IOException {
        this.answers = answers;
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forServer(new AnyChain(serving, shown)), SslProvider.JDK)
                        .clientAuth(ClientAuth.OPTIONAL)
                        .trustManager(clientRoots.toArray(new X509Certificate[0]))
                        .build())
                .addService(ServerInterceptors.intercept(new Service(), new Shown()))
                .build()
                .start();
        port = server.getPort();
    }

    /** Serves for {@code localhost} and shows its chain without the root, as istiod. */
    public static StandInIstiod istiod(TestAuthority authority, List<X509Certificate> roots, Answers answers)
            throws IOException {
        KeyPair serving = TestAuthority.keys("EC");
        List<X509Certificate> chain =
                authority.leaf().dns("istiod.istio-system.svc").dns("localhost").chain(serving.getPublic());
        return new StandInIstiod(serving.getPrivate(), chain, roots, answers);
    }

    /** Serves by any certificate, and shows what it is told to. */
    public static StandInIstiod showing(
            Svid serving, List<X509Certificate> beside, List<X509Certificate> roots, Answers answers)
            throws IOException {
        List<X509Certificate> shown = new ArrayList<>(serving.chain());
        shown.addAll(beside);
        return new StandInIstiod(serving.key(), shown, roots, answers);
    }

    /** The form of istiod's answers. */
    public static List<String> form(List<X509Certificate> chain, List<X509Certificate> roots) {
        List<String> elements = new ArrayList<>(List.of(Pem.write(chain.subList(0, 1))));
        if (chain.size() > 1) {
            elements.add(Pem.write(chain.subList(1, chain.size())));
        }
        elements.add(Pem.write(roots));
        return elements;
    }

    public void answers(Answers next) {
        answers = next;
    }

    public String address() {
        return "localhost:" + port;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Service extends IstioCertificateServiceGrpc.IstioCertificateServiceImplBase {
        @Override
        public void createCertificate(
                IstioCertificateRequest request, StreamObserver<IstioCertificateResponse> responses) {
            Asked now = ASKED.get();
            asked.add(now);
            try {
                responses.onNext(IstioCertificateResponse.newBuilder()
                        .addAllCertChain(answers.to(now, key(request.getCsr())))
                        .build());
                responses.onCompleted();
            } catch (StatusRuntimeException e) {
                responses.onError(e);
            } catch (Exception e) {
                responses.onError(Status.INTERNAL.withCause(e).asRuntimeException());
            }
        }
    }

    private static PublicKey key(String csr) throws Exception {
        try (PEMParser parser = new PEMParser(new StringReader(csr))) {
            JcaPKCS10CertificationRequest request =
                    new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
            PublicKey key = request.getPublicKey();
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw Status.INVALID_ARGUMENT.asRuntimeException();
            }
            return key;
        }
    }

    private static final class Shown implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            Asked asked = new Asked(
                    headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)),
                    headers.get(Metadata.Key.of("clusterid", Metadata.ASCII_STRING_MARSHALLER)),
                    certificates(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)));
            return Contexts.interceptCall(Context.current().withValue(ASKED, asked), call, headers, next);
        }

        private static List<X509Certificate> certificates(@Nullable SSLSession session) {
            List<X509Certificate> shown = new ArrayList<>();
            try {
                for (Certificate certificate : session == null ? new Certificate[0] : session.getPeerCertificates()) {
                    shown.add((X509Certificate) certificate);
                }
            } catch (SSLPeerUnverifiedException e) {
                return List.of();
            }
            return shown;
        }
    }

    /** Shows what it is given, also what does not lead anywhere: a key store would refuse that. */
    private static final class AnyChain extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final List<X509Certificate> chain;

        private AnyChain(PrivateKey key, List<X509Certificate> chain) {
            this.key = key;
            this.chain = chain;
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return keyType.startsWith("EC") ? "any" : null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"any"};
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }
}
