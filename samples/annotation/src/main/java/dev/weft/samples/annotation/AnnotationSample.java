package dev.weft.samples.annotation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Calls a service through an interface that nobody implements. */
@SpringBootApplication
public class AnnotationSample {

    public static void main(String[] args) {
        Greeter greeter = SpringApplication.run(AnnotationSample.class, args).getBean(Greeter.class);
        System.out.println(greeter.hello());
    }
}
