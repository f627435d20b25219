package dev.weft.samples.bookinfo.front;

import dev.weft.spring.MeshClient;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;

/** The service reviews. Where the policy says nothing of time, a call ends after ten seconds; where it does, the policy holds. */
@MeshClient(value = "reviews", timeout = "10s")
interface ReviewsClient {

    /** @param user whom routes may look at */
    @GetExchange("/reviews/{product}")
    ResponseEntity<String> of(
            @PathVariable int product, @RequestHeader(name = "end-user", required = false) @Nullable String user);
}
