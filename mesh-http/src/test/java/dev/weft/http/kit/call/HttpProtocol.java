package dev.weft.http.kit.call;

import dev.weft.Mesh;
import dev.weft.config.Cluster;
import dev.weft.config.RetryOn;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;
import dev.weft.http.kit.TestServer;
import dev.weft.request.Hints;
import dev.weft.request.LocalReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HTTP, by any client whose contract says how it sends.
 *
 * @param client on a mesh
 */
public record HttpProtocol(boolean http2, Function<Mesh, Subject> client) implements Protocol {

    @Override
    public Cluster.Protocol spoken() {
        return http2 ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1;
    }

    @Override
    public RetryOn failure() {
        return RetryOn.SERVER_ERROR;
    }

    @Override
    public Served serve(String name, @Nullable MutualTls tls) {
        return new Server(tls == null ? TestServer.start(name, http2) : tls.start(name, http2));
    }

    @Override
    public Line on(Mesh mesh) {
        Subject subject = client.apply(mesh);
        return (wish, hints) -> begin(subject, wish, hints);
    }

    private static CompletableFuture<Ended> begin(Subject subject, Wish wish, Hints hints) {
        try {
            CompletableFuture<Got> response = hints.call(() -> subject.begin(Ask.get(path(wish))));
            CompletableFuture<Ended> ended = response.thenApply(HttpProtocol::ended);
            ended.whenComplete((end, failure) -> {
                if (failure != null) {
                    response.cancel(true);
                }
            });
            return ended;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String path(Wish wish) {
        String path = switch (wish.kind()) {
            case ANSWER -> "/echo";
            case FAIL -> "/status/503";
            case HANG -> "/never";
        };
        return wish.at().isEmpty() ? path : "/at/" + wish.at() + path;
    }

    private static Ended ended(Got got) {
        try {
            got.text();
            Ended.How how = switch (got.status()) {
                case 200 -> Ended.How.ANSWERED;
                case 503 -> Ended.How.UNAVAILABLE;
                case 504 -> Ended.How.TIMED_OUT;
                default -> Ended.How.OTHERWISE;
            };
            String server = got.header("x-server");
            return new Ended(
                    how,
                    server == null ? "" : server,
                    got.header(LocalReply.FLAGS_HEADER),
                    got.header(LocalReply.REASON_HEADER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Server(TestServer server) implements Served {
        @Override
        public InetSocketAddress address() {
            return server.address();
        }

        @Override
        public int calls() {
            return server.requests().size();
        }

        @Override
        public int open() {
            return server.running();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
