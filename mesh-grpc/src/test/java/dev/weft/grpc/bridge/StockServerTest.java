package dev.weft.grpc.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.MutualTls;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.MeshKeys;
import dev.weft.runtime.Ticker;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.TlsChannelCredentials;
import io.grpc.xds.XdsServerBuilder;
import io.grpc.xds.XdsServerCredentials;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers of stock grpc-xds, whose control plane is the bridge. */
final class StockServerTest {
    private static final String LISTENER = "inbound/0.0.0.0:0";

    private final ScriptedResources resources = new ScriptedResources();
    private final HeldIdentity identity = new HeldIdentity();
    private final HeldNotices notices = new HeldNotices();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    @AfterEach
    void stop() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    @Test
    void itShowsAndDemandsWhatTheIdentityOfNowSays() throws Exception {
        MutualTls tls = new MutualTls();
        MutualTls others = new MutualTls();
        Identity first = tls.ca.identity(MutualTls.REVIEWS, 1);
        identity.set(first);
        Server server = server(true);
        Shown open = new Shown();
        ManagedChannel before = channel(server, open.and(tls));
        assertThat(Greeter.greet(before)).isEqualTo("reviews");
        assertThat(open.certificate).isEqualTo(first.svid().chain().get(0));
        assertThat(failure(channel(server, new Shown().and(others)))).startsWith("UNAVAILABLE");

        Identity second = others.ca.identity(MutualTls.REVIEWS, 2);
        identity.set(second);

        Shown fresh = new Shown();
        Eventually.is(
                "the new identity holds",
                () -> failure(channel(server, fresh.and(others))).isEmpty());
        assertThat(fresh.certificate).isEqualTo(second.svid().chain().get(0));
        assertThat(failure(channel(server, new Shown().and(tls)))).startsWith("UNAVAILABLE");
        assertThat(Greeter.greet(before)).as("a connection that is open").isEqualTo("reviews");
    }

    @Test
    void whichConnectionsItTakesIsSaidAtTheStartAndWhenItChanges() throws Exception {
        identity.set(new MutualTls().ca.identity(MutualTls.REVIEWS, 1));
        Server server = server(false);
        assertThat(notices.serving).containsExactly("0.0.0.0:0 plaintext");
        ManagedChannel plaintext = channel(server, InsecureChannelCredentials.create());
        assertThat(Greeter.greet(plaintext)).isEqualTo("reviews");

        resources.put(LISTENER, Stock.server(LISTENER, true));

        Eventually.is("plaintext is refused", () -> failure(plaintext).startsWith("UNAVAILABLE"));
        Eventually.is(
                "it is said", () -> notices.serving.equals(List.of("0.0.0.0:0 plaintext", "0.0.0.0:0 mutual TLS")));
    }

    private Server server(boolean mutualTls) throws Exception {
        resources.put(LISTENER, Stock.server(LISTENER, mutualTls));
        parts.push(Bridge.open(resources, identity, notices));
        Server server = XdsServerBuilder.forPort(0, XdsServerCredentials.create(InsecureServerCredentials.create()))
                .addService(Greeter.service("reviews"))
                .build()
                .start();
        parts.push(server::shutdownNow);
        return server;
    }

    private ManagedChannel channel(Server server, ChannelCredentials credentials) {
        ManagedChannel channel = Grpc.newChannelBuilderForAddress("127.0.0.1", server.getPort(), credentials)
                .build();
        parts.push(channel::shutdownNow);
        return channel;
    }

    /** Empty: it went well. */
    private static String failure(ManagedChannel channel) {
        return Greeter.failure(channel, 20);
    }

    /** Believes every server, and remembers what it showed. */
    private static final class Shown extends X509ExtendedTrustManager {
        /** Written on a thread of the channel before its call ends. */
        volatile X509Certificate certificate;

        /** As productpage. */
        ChannelCredentials and(MutualTls tls) {
            return TlsChannelCredentials.newBuilder()
                    .keyManager(MeshKeys.of(tls.productpage, Ticker.system()))
                    .trustManager(this)
                    .build();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            certificate = chain[0];
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
