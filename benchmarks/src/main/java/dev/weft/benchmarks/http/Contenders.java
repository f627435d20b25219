package dev.weft.benchmarks.http;

import dev.weft.Mesh;
import dev.weft.benchmarks.compare.Contender;
import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshRequest;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.ConnectionProvider;

/** The clients, each with the mesh and without; without it they are given the same certificates and check the same root. */
final class Contenders {
    private Contenders() {}

    /** @param certificates for mutual TLS; null: plaintext */
    static List<Contender> of(Mesh mesh, int port, @Nullable Certificates certificates) throws Exception {
        String url = (certificates == null ? "http" : "https") + "://127.0.0.1:" + port + "/";
        String suffix = certificates == null ? ", no mesh" : " with mutual TLS, no mesh";
        MeshHttpClient ours = MeshHttpClient.of(mesh);
        MeshRequest get = MeshRequest.get("http://reviews:9080/");
        HttpClient wrapped = mesh.wrap(HttpClient.newHttpClient());
        HttpRequest meshed =
                HttpRequest.newBuilder(URI.create("http://reviews:9080/")).build();
        HttpRequest direct = HttpRequest.newBuilder(URI.create(url))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        reactor.netty.http.client.HttpClient netty =
                reactor.netty.http.client.HttpClient.create(ConnectionProvider.create("bench", 64));
        HttpClient.Builder jdkBuilder = HttpClient.newBuilder();
        if (certificates != null) {
            SslContext context = certificates.nettyClient();
            netty = netty.secure(spec -> spec.sslContext(context));
            jdkBuilder.sslContext(certificates.jdkClient());
        }
        reactor.netty.http.client.HttpClient reactor = netty;
        HttpClient jdk = jdkBuilder.build();
        return List.of(
                new Contender(
                        "Reactor Netty" + suffix,
                        () -> bytes(reactor.get()
                                .uri(url)
                                .responseSingle((head, body) -> body.asByteArray())
                                .block())),
                new Contender(
                        "JDK HttpClient" + suffix,
                        () -> jdk.send(direct, BodyHandlers.ofByteArray()).body().length),
                new Contender("MeshHttpClient", () -> ours.send(get).bytes().length),
                new Contender(
                        "JDK HttpClient, wrapped",
                        () -> wrapped.send(meshed, BodyHandlers.ofByteArray()).body().length));
    }

    private static int bytes(byte @Nullable [] body) {
        return body == null ? -1 : body.length;
    }
}
