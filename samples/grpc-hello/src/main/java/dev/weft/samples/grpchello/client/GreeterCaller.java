package dev.weft.samples.grpchello.client;

import dev.weft.samples.grpchello.api.GreeterGrpc.GreeterBlockingStub;
import dev.weft.samples.grpchello.api.HelloRequest;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.grpc.client.ImportGrpcClients;

/** Calls a gRPC service by its name. No line is Weft's: the stub is Spring gRPC's, and the mesh knows the name. */
@SpringBootApplication
@ImportGrpcClients(target = "greeter:9090", types = GreeterBlockingStub.class)
public class GreeterCaller {
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(GreeterCaller.class);
        application.setDefaultProperties(Map.of("spring.application.name", "grpc-hello"));
        GreeterBlockingStub greeter = application.run(args).getBean(GreeterBlockingStub.class);
        System.out.println(greeter.hello(HelloRequest.getDefaultInstance()).getText());
    }
}
