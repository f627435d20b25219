package dev.weft.samples.hello;

import com.sun.net.httpserver.HttpsServer;
import dev.weft.Mesh;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The two halves of the README's "hello, mesh"; a test compares them with it. */
final class Hello {
    private Hello() {}

    static Mesh greeter() throws Exception {
        Mesh mesh = Mesh.builder().service("greeter").version("v1").port(8080).start();

        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpsServer server = mesh.guard(HttpsServer.create(anyPort, 0)); // with the mesh's certificates
        server.createContext("/", exchange -> {
            byte[] hello = "hello, mesh".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, hello.length);
            exchange.getResponseBody().write(hello);
            exchange.close();
        });
        server.start();
        return mesh;
    }

    static String caller() throws Exception {
        try (Mesh mesh = Mesh.start("caller")) {
            mesh.awaitReady(Duration.ofSeconds(10));
            HttpClient http = mesh.wrap(HttpClient.newHttpClient());
            URI greeter = URI.create("http://greeter:8080/");
            HttpRequest request = HttpRequest.newBuilder(greeter).build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
