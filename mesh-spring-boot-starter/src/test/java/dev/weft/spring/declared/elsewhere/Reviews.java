package dev.weft.spring.declared.elsewhere;

import dev.weft.spring.MeshClient;
import org.springframework.web.service.annotation.GetExchange;

/** Its simple name is another client's, too. */
@MeshClient(value = "${reviews.host:reviews.other:9080}", name = "library")
public interface Reviews {
    @GetExchange("/elsewhere")
    String elsewhere();
}
