package dev.weft.samples.bookinfo.front;

import dev.weft.spring.MeshClient;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;

/** The service ratings, at its port for HTTP. */
@MeshClient("ratings:9080")
interface RatingsClient {

    /** @param user whom routes may look at */
    @GetExchange("/ratings/{product}")
    ResponseEntity<String> of(
            @PathVariable int product, @RequestHeader(name = "end-user", required = false) @Nullable String user);
}
