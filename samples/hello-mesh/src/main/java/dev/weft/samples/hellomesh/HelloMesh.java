package dev.weft.samples.hellomesh;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.client.RestClient;

@SpringBootApplication
public class HelloMesh {
    public static void main(String[] args) {
        RestClient.Builder rest = SpringApplication.run(HelloMesh.class, args).getBean(RestClient.Builder.class);
        System.out.println(rest.build().get().uri("http://greeter/").retrieve().body(String.class));
    }
}
