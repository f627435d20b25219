package dev.weft.samples.restclient;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** An application that knows nothing of Weft: a dependency and the name in application.yaml put it on the mesh. */
@SpringBootApplication
@RestController
public class RestClientSample {
    private final RestClient greeter;

    RestClientSample(RestClient.Builder builder) {
        greeter = builder.baseUrl("http://greeter").build();
    }

    public static void main(String[] args) {
        SpringApplication.run(RestClientSample.class, args).close();
    }

    @GetMapping("/hello")
    String hello() {
        return String.valueOf(greeter.get().uri("/").retrieve().body(String.class));
    }

    /** Calls once and ends, so that the sample does. */
    @Bean
    CommandLineRunner once() {
        return args -> System.out.println(hello());
    }
}
