package dev.weft.samples.greeter;

import com.sun.net.httpserver.HttpsServer;
import dev.weft.Mesh;
import dev.weft.http.MeshHttp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Whom the other samples call: greets every caller by the identity that the caller's certificate proves. */
public final class Greeter {
    private Greeter() {}

    public static void main(String[] args) throws Exception {
        Mesh mesh = Mesh.builder().service("greeter").port(80).closeOnShutdown().start();

        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpsServer server = mesh.guard(HttpsServer.create(anyPort, 0));
        server.createContext("/", exchange -> {
            byte[] hello = ("hello, " + MeshHttp.peer(exchange).getName()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, hello.length);
            exchange.getResponseBody().write(hello);
            exchange.close();
        });
        server.start();
        mesh.ready().thenRun(() -> System.out.println("greeter is ready"));
    }
}
