package dev.weft.samples.rollingrestart;

import dev.weft.identity.PeerIdentity;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** An ordinary service. It does nothing about being restarted. */
@SpringBootApplication
@RestController
public class Stock {
    private final String instance;

    Stock(@Value("${mesh.instance}") String instance) {
        this.instance = instance;
    }

    public static void main(String[] args) {
        SpringApplication.run(Stock.class, args);
    }

    @GetMapping("/stock/{id}")
    String look(@PathVariable String id) throws InterruptedException {
        work();
        return id + ": 7 at " + instance;
    }

    /** What must not be done twice. */
    @PostMapping("/orders")
    String order(@RequestBody String order, PeerIdentity caller) throws InterruptedException {
        work();
        return order + " for " + caller.serviceAccount() + " at " + instance;
    }

    /** As a database would take, so that there is always something in flight. */
    private static void work() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(1, 12));
    }
}
