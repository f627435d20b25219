package dev.weft.http.guard;

import dev.weft.Mesh;
import dev.weft.http.netty.MeshReactor;
import dev.weft.request.Inbound;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/** Reactor Netty: both on one port. */
public final class ReactorSite implements Site {
    private final DisposableServer server;

    public ReactorSite(Mesh mesh, Handlers handlers) {
        server = mesh.guard(HttpServer.create()
                        .host(InetAddress.getLoopbackAddress().getHostAddress())
                        .port(0))
                .route(routes -> {
                    routes(routes, "/admin", handler("admin", handlers));
                    routes(routes, "/public", handler("public", handlers));
                    // As an application may do it that reads the decoded path.
                    routes.route(request -> ("/" + request.path()).startsWith("/admin"), handler("admin", handlers));
                    routes.route(request -> true, handler("root", handlers));
                })
                .bindNow();
    }

    private static void routes(
            HttpServerRoutes routes,
            String path,
            BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
        for (String template : new String[] {path, path + "/**"}) {
            routes.get(template, handler)
                    .head(template, handler)
                    .post(template, handler)
                    .put(template, handler)
                    .delete(template, handler)
                    .options(template, handler);
        }
    }

    private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler(
            String route, Handlers handlers) {
        return (request, response) -> {
            boolean deadline = Inbound.current().deadline().exists();
            String caller = MeshReactor.peer(request).getName();
            Mono<String> text = request.receive()
                    .asByteArray()
                    .map(bytes -> (long) bytes.length)
                    .reduce(0L, Long::sum)
                    .map(body -> handlers.handle(new Reached(
                            route,
                            request.method().name(),
                            request.uri().replaceFirst("\\?.*", ""),
                            request.requestHeaders().get("host"),
                            request.hostName(),
                            request.requestHeaders().contains("x-role")
                                    ? String.join("|", request.requestHeaders().getAll("x-role"))
                                    : null,
                            request.requestHeaders().get("x-mesh-timeout-ms"),
                            caller,
                            null,
                            deadline,
                            body)));
            return response.sendString(text).then();
        };
    }

    @Override
    public InetSocketAddress plaintext() {
        return (InetSocketAddress) server.address();
    }

    @Override
    public InetSocketAddress tls() {
        return plaintext();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
