package dev.weft.benchmarks.grpc;

import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The other side of the benchmarks, a process of its own: a server on so many addresses of the loopback network (Linux has all of
 * 127.0.0.0/8), and a control plane whose configuration names them. Prints the server's port and the control plane's, and runs until its
 * input ends.
 */
public final class OtherSide {
    private OtherSide() {}

    public static void main(String[] args) throws Exception {
        int endpoints = Integer.parseInt(args[0]);
        int port = freePort();
        Server server = serve(endpoints, port);
        Path config = Files.createTempDirectory("weft-bench");
        Files.writeString(config.resolve("reviews.yaml"), configuration(endpoints, port));
        ControlPlane plane =
                ControlPlane.start(ControlPlaneOptions.of(config).withPort(0).withTls(null));
        System.out.println(port + " " + plane.port());
        while (System.in.read() >= 0) {
            // whoever started this process holds its input open
        }
        plane.close();
        server.shutdownNow();
        System.exit(0);
    }

    static String address(int endpoint) {
        return "127.0." + endpoint / 250 + "." + (1 + endpoint % 250);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static Server serve(int endpoints, int port) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(address(0), port));
        for (int i = 1; i < endpoints; i++) {
            builder.addListenAddress(new InetSocketAddress(address(i), port));
        }
        byte[] answer = new byte[Echo.ANSWER_BYTES];
        return builder.directExecutor()
                .addService(ServerServiceDefinition.builder("weft.bench.Echo")
                        .addMethod(Echo.SAY, ServerCalls.asyncUnaryCall((request, observer) -> {
                            observer.onNext(answer);
                            observer.onCompleted();
                        }))
                        .build())
                .build()
                .start();
    }

    private static String configuration(int endpoints, int port) {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: reviews, namespace: default}
                spec: {host: reviews.default.svc.cluster.local, trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}}
                ---
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: reviews, namespace: default}
                spec:
                  hosts: [reviews.default.svc.cluster.local]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  ports: [{number: 9090, name: grpc, protocol: GRPC}]
                  endpoints:
                """);
        for (int i = 0; i < endpoints; i++) {
            yaml.append("  - {address: ")
                    .append(address(i))
                    .append(", ports: {grpc: ")
                    .append(port)
                    .append("}}\n");
        }
        return yaml.toString();
    }
}
