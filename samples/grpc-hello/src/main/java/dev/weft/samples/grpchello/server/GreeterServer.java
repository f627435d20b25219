package dev.weft.samples.grpchello.server;

import dev.weft.Mesh;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A gRPC server of Spring's on any free port; callers write {@code greeter:9090}. */
@SpringBootApplication
public class GreeterServer {
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(GreeterServer.class);
        application.setDefaultProperties(Map.of(
                "spring.application.name", "greeter",
                "spring.grpc.server.port", "0",
                "mesh.ports.grpc", "9090"));
        Mesh mesh = application.run(args).getBean(Mesh.class);
        mesh.ready().thenRun(() -> System.out.println("greeter is ready"));
    }
}
