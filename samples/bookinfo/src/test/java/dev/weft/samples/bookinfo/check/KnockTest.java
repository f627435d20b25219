package dev.weft.samples.bookinfo.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.control.ca.CaOptions;
import dev.weft.control.ca.CertificateAuthority;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshTls;
import dev.weft.identity.SpiffeId;
import dev.weft.identity.Svid;
import dev.weft.identity.TrustBundle;
import dev.weft.runtime.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KnockTest {
    private static final String RATINGS = "spiffe://cluster.local/ns/default/sa/ratings";

    @TempDir
    private Path directory;

    private @Nullable HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void aServerThatAnswersPlaintextIsCaught() throws Exception {
        int port = started(HttpServer.create(anywhere(), 0));

        assertThat(Knock.inPlaintext(port).isHttp()).isTrue();
    }

    @Test
    void aServerOfTheMeshShowsWhoItIsAndAnswersNobodyWithoutACertificate() throws Exception {
        int port = started(https(true));
        Knock.Reaction reaction = Knock.withoutCertificate(port, directory.resolve("root.pem"));

        assertThat(reaction.isHttp()).isFalse();
        assertThat(reaction.identity()).isEqualTo(RATINGS);
        assertThat(reaction.serial()).isNotEmpty();
        assertThat(Knock.inPlaintext(port).isHttp()).isFalse();
    }

    @Test
    void aServerThatDemandsNoCertificateIsCaught() throws Exception {
        int port = started(https(false));

        assertThat(Knock.withoutCertificate(port, directory.resolve("root.pem")).isHttp())
                .isTrue();
    }

    private HttpsServer https(boolean demanding) throws Exception {
        Svid svid;
        TrustBundle bundle;
        try (CertificateAuthority authority =
                CertificateAuthority.open(directory, CaOptions.of("cluster.local"), Ticker.system())) {
            svid = authority.serverCredential(SpiffeId.parse(RATINGS), List.of("localhost"));
            bundle = TrustBundle.of("cluster.local", authority.trustBundle());
        }
        SSLContext context = MeshTls.server(IdentitySource.of(new Identity(svid, bundle, 1)), AllowedPeers.any());
        HttpsServer https = HttpsServer.create(anywhere(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(demanding);
                parameters.setSSLParameters(tls);
            }
        });
        return https;
    }

    private int started(HttpServer created) {
        created.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        created.start();
        server = created;
        return created.getAddress().getPort();
    }

    private static InetSocketAddress anywhere() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
