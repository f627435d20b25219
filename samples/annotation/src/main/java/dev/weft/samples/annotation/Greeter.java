package dev.weft.samples.annotation;

import dev.weft.spring.MeshClient;
import org.springframework.web.service.annotation.GetExchange;

/** The service; where the mesh's policy says nothing of time, a call may last a second. */
@MeshClient(value = "greeter", timeout = "1s")
public interface Greeter {

    @GetExchange("/")
    String hello();
}
